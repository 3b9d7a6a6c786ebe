import type { FetchedManifest } from '@oci-matrix/distribution';
import {
  canonicalBytes,
  canonicalText,
  type Descriptor,
  type Digest,
  mediaTypes,
} from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { IndexBytes } from '../index-bytes.ts';
import type { Generation } from './generation.ts';
import { intentTag, parseIntentTag } from './intent-tag.ts';

/** One entry that somebody wants to be in an index, and the attestations that travel with it. */
export interface Intent {
  /** See `slotFor`. */
  readonly slot: string;
  readonly generation: Generation;
  readonly entries: readonly Descriptor[];
  /** Of its manifest, where that was read. */
  readonly digest?: Digest;
}

/** An intent as it is in the registry. */
export interface StoredIntent extends Intent {
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly digest: Digest;
}

const createdKey = 'org.opencontainers.image.created';
const generationKey = 'io.github.oci-matrix.intent.generation';
const tagKey = 'io.github.oci-matrix.intent.tag';

/** An index of nothing but the entry: its bytes name the entry whole, and its tag keeps the manifest alive. */
export const intentManifest = (intent: Intent, tag: string, now: number): IndexBytes => ({
  mediaType: mediaTypes.imageIndex,
  bytes: canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: intent.entries,
    annotations: {
      [createdKey]: new Date(now).toISOString(),
      [generationKey]: intent.generation,
      [tagKey]: tag,
    },
  }),
});

/** Reads what the tag of an intent names. Throws `RECORD_INVALID` where it is none: to pass it over could lose an entry. */
export function parseIntent(name: string, { manifest, descriptor }: FetchedManifest): StoredIntent {
  const said = parseIntentTag(name);
  if (said === undefined) throw unreadable(name, 'the tag is not that of an intent');
  if (manifest.kind !== 'index') throw unreadable(name, `it is a ${manifest.mediaType}`);
  const { manifests: entries, annotations = {} } = manifest.index;
  if (entries.length === 0) throw unreadable(name, 'it has no entry');
  const generation = annotations[generationKey];
  if (generation !== said.generation) {
    throw unreadable(name, `its generation is ${JSON.stringify(generation ?? null)}`);
  }
  const created = Date.parse(annotations[createdKey] ?? '');
  if (Number.isNaN(created)) throw unreadable(name, `${createdKey} is no time`);
  return { ...said, entries, created, digest: descriptor.digest };
}

export const tagOf = ({ slot, generation }: Intent): string => intentTag(slot, generation);

export const sameEntries = (a: Intent, b: Intent): boolean =>
  canonicalText(a.entries) === canonicalText(b.entries);

const unreadable = (name: string, reason: string): MatrixError =>
  new MatrixError('RECORD_INVALID', `the intent at the tag ${name} cannot be read: ${reason}`, {
    hint: 'Delete that tag, if no other version of these actions writes to the index, and run the job again.',
  });

import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, type Digest, digestOf, mediaTypes } from '@oci-matrix/oci';
import pMap from 'p-map';
import { type Annotation, annotationsAt, entryAnnotations } from './annotations.ts';
import { entriesOfRecords } from './entries-of-records.ts';
import { MatrixError } from './error.ts';
import type { Identity } from './identity.ts';
import { changeMembers, type IndexDocument, writeIndex } from './index-document.ts';
import {
  type EntryChange,
  type MergedEntries,
  mergeEntries,
  replaceEntries,
} from './merge-index.ts';
import { type CurrentIndex, readCurrent } from './read-current.ts';
import type { Records } from './records.ts';
import { refuseShadowed } from './refuse-shadowed.ts';
import { removeEntries, type Selector } from './remove-entries.ts';
import { resolveSubject } from './resolve-subject.ts';

export interface UpdateIndexOptions {
  readonly repository: Repository;
  /** At least one; the first is the index that is updated, all of them name the result. */
  readonly tags: readonly string[];
  readonly mode: 'merge' | 'replace' | 'remove';
  readonly identity: Identity;
  readonly records?: Records | undefined;
  readonly remove?: readonly Selector[];
  readonly annotations?: readonly Annotation[];
  readonly artifactType?: string | undefined;
  /** Digest or tag in the same repository. */
  readonly subject?: string | undefined;
  readonly dryRun?: boolean;
}

export interface UpdatedIndex {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
  readonly entries: readonly Descriptor[];
  readonly changes: readonly EntryChange[];
  /** True if the bytes at the first tag are not what they were. */
  readonly changed: boolean;
  /** What each tag named before, and whether it had to move. */
  readonly tags: readonly MovedTag[];
}

export interface MovedTag {
  readonly tag: string;
  readonly previous?: Digest;
  readonly moved: boolean;
}

/** Makes the index and moves its tags: last of all, and only when everything that it names is there. A repeat writes nothing. */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdatedIndex> {
  const { repository, tags, dryRun = false } = options;
  const [baseTag] = tags;
  if (baseTag === undefined) throw new MatrixError('INPUT_INVALID', 'no tag was given');
  const incoming = incomingEntries(options);

  const current = await readCurrent(repository, baseTag);
  const merged = mergeWith(current.document, incoming, options);
  if (!dryRun) await refuseAbsentChildren(repository, merged.changes);
  const entries = merged.entries.map(({ descriptor }) => descriptor);
  refuseShadowed(entries);

  const subject = options.subject && (await resolveSubject(repository, options.subject));
  const bytes = bytesOf(current, merged, { ...options, subject: subject || undefined });
  const descriptor: Descriptor = {
    mediaType: mediaTypes.imageIndex,
    digest: digestOf(bytes),
    size: bytes.byteLength,
  };
  const planned = await planTags(repository, tags, current, descriptor.digest);
  if (!dryRun) await writeTags(repository, bytes, planned);
  const changed = current.digest !== descriptor.digest;
  return { descriptor, bytes, entries, changes: merged.changes, changed, tags: planned };
}

function incomingEntries({
  records,
  identity,
  annotations = [],
}: UpdateIndexOptions): Descriptor[] {
  if (records?.complete === false) {
    throw new MatrixError(
      'LEG_MISSING',
      `the records of group ${records.group} are not complete, missing: ${records.missing.join('; ')}`,
    );
  }
  return entriesOfRecords(records?.records ?? [], identity).map(({ descriptor }) => {
    const own = {
      ...descriptor.annotations,
      ...entryAnnotations(annotations, descriptor.platform),
    };
    return Object.keys(own).length === 0 ? descriptor : { ...descriptor, annotations: own };
  });
}

function mergeWith(
  document: IndexDocument,
  incoming: readonly Descriptor[],
  { mode, identity, remove = [] }: UpdateIndexOptions,
): MergedEntries {
  if (mode === 'remove') return removeEntries(document.entries, remove);
  if (incoming.length === 0) {
    throw new MatrixError(
      'LEG_MISSING',
      'the records name no manifest, so there is nothing to publish',
      {
        hint: 'Push in each leg with push-manifest; record-outputs alone pushes nothing.',
      },
    );
  }
  return mode === 'replace'
    ? replaceEntries(document.entries, incoming, identity)
    : mergeEntries(document.entries, incoming, identity);
}

async function refuseAbsentChildren(
  repository: Repository,
  changes: readonly EntryChange[],
): Promise<void> {
  const ours = changes.filter(({ outcome }) => outcome === 'added' || outcome === 'replaced');
  const digests = ours.map(({ descriptor }) => descriptor.digest);
  const found = await pMap(digests, (digest) => repository.manifests.resolve(digest), {
    concurrency: 24,
  });
  const absent = digests.filter((_, at) => found[at] === undefined);
  if (absent.length === 0) return;
  throw new MatrixError(
    'CHILD_MISSING',
    `${repository.name.registry}/${repository.name.repository} does not have ${absent.length} of the manifests that the index would name: ${absent.slice(0, 10).join(', ')}`,
    { hint: 'Push the legs again to this very image, without dry-run, then repeat this step.' },
  );
}

// Where nothing changes the bytes stay as they are, however another tool wrote them.
function bytesOf(
  { document, bytes }: CurrentIndex,
  { entries, changes }: MergedEntries,
  {
    annotations = [],
    artifactType,
    subject,
  }: Pick<UpdateIndexOptions, 'annotations' | 'artifactType'> & {
    readonly subject: Descriptor | undefined;
  },
): Uint8Array {
  // At the fan-in the manifests are pushed already: what is meant for "the manifest" is meant for the index.
  const own = annotationsAt(annotations, 'manifest', undefined, 'index');
  const next = changeMembers({ ...document, entries }, { annotations: own, artifactType, subject });
  const sameEntries =
    changes.every(({ outcome }) => outcome === 'kept') &&
    entries.every((entry, at) => entry === document.entries[at]);
  const sameMembers = [...next.members].every(
    ([key, source]) => document.members.get(key) === source,
  );
  return bytes !== undefined && sameEntries && sameMembers ? bytes : writeIndex(next);
}

async function planTags(
  repository: Repository,
  tags: readonly string[],
  current: CurrentIndex,
  digest: Digest,
): Promise<MovedTag[]> {
  return pMap(
    [...new Set(tags)],
    async (tag, at) => {
      const previous =
        at === 0 ? current.digest : (await repository.manifests.resolve(tag))?.digest;
      return { tag, moved: previous !== digest, ...(previous === undefined ? {} : { previous }) };
    },
    { concurrency: 8 },
  );
}

// Of several tags none moves before the registry has taken the index by digest; one tag moves with it.
async function writeTags(
  { manifests, name }: Repository,
  bytes: Uint8Array,
  tags: readonly MovedTag[],
): Promise<void> {
  const moving = tags.filter(({ moved }) => moved);
  if (moving.length === 0) return;
  if (moving.length > 1) await manifests.push(bytes, mediaTypes.imageIndex);
  for (const { tag } of moving) await manifests.push(bytes, mediaTypes.imageIndex, { tag });

  const digest = digestOf(bytes);
  if ((await manifests.resolve(digest)) !== undefined) return;
  throw new MatrixError(
    'CONFLICT',
    `${name.registry}/${name.repository} does not have the index ${digest} that it just took`,
    { hint: 'Repeat this step; if it happens again, the registry loses what it acknowledged.' },
  );
}

import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, descriptorOf } from '@oci-matrix/oci';
import type { Annotation } from './annotations.ts';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import type { Identity } from './identity.ts';
import { incomingEntries } from './incoming-entries.ts';
import { indexBytes } from './index-bytes.ts';
import {
  type EntryChange,
  type MergedEntries,
  mergeEntries,
  replaceEntries,
} from './merge-index.ts';
import { missingLegs } from './missing-legs.ts';
import { type MovedTag, moveTags, planTags } from './move-tags.ts';
import { type CurrentIndex, readCurrent } from './read-current.ts';
import type { Records } from './records.ts';
import { refuseAbsentChildren } from './refuse-absent-children.ts';
import { refuseIncomplete } from './refuse-incomplete.ts';
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
  /** Which legs the records must have, where their own word is not enough. */
  readonly expected?: Expectation | undefined;
  readonly remove?: readonly Selector[];
  readonly annotations?: readonly Annotation[];
  readonly artifactType?: string | undefined;
  /** Digest or tag in the same repository. */
  readonly subject?: string | undefined;
  /** Writes nothing, and gives what would be written. */
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

/** Makes the index and moves its tags: last of all, and only when everything that it names is there. A repeat writes nothing. */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdatedIndex> {
  const { repository, tags, mode, identity, annotations = [], artifactType } = options;
  const [baseTag] = tags;
  if (baseTag === undefined) throw new MatrixError('INPUT_INVALID', 'no tag was given');
  refuseUnexpected(options);
  const incoming = incomingEntries(options.records, identity, annotations);

  const current = await readCurrent(repository, baseTag);
  const merged = change(current, incoming, options, baseTag);
  const entries = merged.entries.map(({ descriptor }) => descriptor);
  refuseShadowed(entries);

  const subject = options.subject ? await resolveSubject(repository, options.subject) : undefined;
  const index = indexBytes(current, merged, { annotations, artifactType, subject }, mode);
  const descriptor = descriptorOf(index.bytes, index.mediaType);
  const planned = await planTags(repository, tags, current.digest, descriptor.digest);
  const moving = planned.filter(({ moved }) => moved);
  if (options.dryRun !== true && moving.length > 0) {
    await refuseAbsentChildren(repository, incoming);
    await moveTags(repository, index, moving);
  }
  const changed = current.digest !== descriptor.digest;
  return {
    descriptor,
    bytes: index.bytes,
    entries,
    changes: merged.changes,
    changed,
    tags: planned,
  };
}

function refuseUnexpected({ records, expected }: UpdateIndexOptions): void {
  if (records === undefined || expected === undefined) return;
  refuseIncomplete({ ...records, missing: missingLegs(records.records, expected) });
}

function change(
  { document: { entries }, digest }: CurrentIndex,
  incoming: readonly Descriptor[],
  { repository: { name }, mode, identity, remove = [] }: UpdateIndexOptions,
  tag: string,
): MergedEntries {
  if (mode === 'remove') {
    if (digest !== undefined) return removeEntries(entries, remove);
    throw new MatrixError(
      'MANIFEST_UNKNOWN',
      `${name.registry}/${name.repository} has no tag ${tag}, so nothing can be removed from it`,
      { hint: 'Check the first of the tags: it names the index that is changed.' },
    );
  }
  if (incoming.length > 0) {
    const merge = mode === 'replace' ? replaceEntries : mergeEntries;
    return merge(entries, incoming, identity);
  }
  throw new MatrixError(
    'LEG_MISSING',
    'the records name no manifest, so there is nothing to publish',
    { hint: 'Push in each leg with push-manifest; record-outputs alone pushes nothing.' },
  );
}

import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import { absentLegs } from './absent-legs.ts';
import type { Annotation } from './annotations.ts';
import { attemptUpdate } from './attempt-update.ts';
import type { PublishingRun } from './converge/generation.ts';
import type { Pace } from './converge/pace.ts';
import { updateConcurrently } from './converge/update-concurrently.ts';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import type { Identity } from './identity.ts';
import type { IndexCopy, PublishedPlace } from './index-place.ts';
import type { EntryChange } from './merge-index.ts';
import type { MovedTag } from './move-tags.ts';
import { prepareUpdate } from './prepare-update.ts';
import type { Records } from './records.ts';
import { refuseIncomplete } from './refuse-incomplete.ts';
import type { Selector } from './remove-entries.ts';
import type { GuardedRun } from './run-guard.ts';
import type { SignatureRule } from './signing/refuse-unsigned.ts';
import { refuseUnsignedEntries } from './signing/refuse-unsigned-entries.ts';

export interface UpdateIndexOptions {
  /** Where the legs pushed, and the index is that is updated. */
  readonly repository: Repository;
  /** At least one; the first is the index that is updated, all of them name the result. */
  readonly tags: readonly string[];
  /** Other images that get the same index, and all that it names. */
  readonly copies?: readonly IndexCopy[];
  /** Repositories that may have what comes in and the first has not: from there it is copied. */
  readonly sources?: readonly Repository[];
  readonly mode: 'merge' | 'replace' | 'remove';
  readonly identity: Identity;
  readonly records?: Records | undefined;
  /** Manifests that are in the repository, in the place of records or with them. */
  readonly entries?: readonly Digest[];
  /** Which legs the records must have, where their own word is not enough. */
  readonly expected?: Expectation | undefined;
  readonly remove?: readonly Selector[];
  readonly annotations?: readonly Annotation[];
  /** True to put on the index what the manifests of all entries that come in are annotated with alike. */
  readonly annotationsFromLegs?: boolean;
  readonly artifactType?: string | undefined;
  /** Digest or tag in the same repository. */
  readonly subject?: string | undefined;
  /** The run that publishes: no tag goes back from a later one. */
  readonly guard?: GuardedRun | undefined;
  /** The run that publishes, where other jobs write to the tags at the same time: no entry is lost then, theirs or ours. */
  readonly concurrent?: PublishingRun | undefined;
  /** How long to wait for such others. */
  readonly pace?: Pace | undefined;
  /**
   * What each entry that comes in must have in the registry, before anything is written; kept ones need none. With
   * `concurrent` every job answers for its own entries: those that others announce are theirs to check.
   */
  readonly requireSignatures?: SignatureRule | undefined;
  /**
   * Signs the index in an image that has it by its digest, before a tag names it there. It is called for an index that was
   * there before too, and has to sign only what is not signed.
   */
  readonly signIndex?: ((repository: Repository, digest: Digest) => Promise<unknown>) | undefined;
  /** Writes nothing, and gives what would be written. */
  readonly dryRun?: boolean;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
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
  /** The other images, in their order. */
  readonly copies: readonly PublishedPlace[];
  /** With `concurrent`: entries of ours in whose place a newer run has put its own. */
  readonly superseded?: readonly Descriptor[];
  /** With `concurrent`: the digests of the intents that other writers go by. */
  readonly intents?: readonly Digest[];
}

// Another writer was faster so many times: then it is no chance.
const attempts = 4;

/** Makes the index and moves its tags: last of all, and only when everything that it names is there. A repeat writes nothing. */
export async function updateIndex(options: UpdateIndexOptions): Promise<UpdatedIndex> {
  const { repository, tags, records, expected } = options;
  const [baseTag] = tags;
  if (baseTag === undefined) throw new MatrixError('INPUT_INVALID', 'no tag was given');
  if (records !== undefined && expected !== undefined) {
    // Those whose entries of the release before stay are accounted for.
    const excused = new Set(records.keepPrevious);
    const absent = absentLegs(records.records, expected).filter(
      ({ leg = '' }) => !excused.has(leg),
    );
    refuseIncomplete({ ...records, missing: absent.map(({ name }) => name) });
  }
  const prepared = await prepareUpdate(options);
  await refuseUnsignedEntries(options, prepared.incoming);
  if (options.concurrent) return updateConcurrently(options, prepared, options.concurrent);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const updated = await attemptUpdate(options, prepared);
    if (updated !== undefined) return updated;
  }
  throw new MatrixError(
    'CONFLICT',
    `${repository.name.registry}/${repository.name.repository}:${baseTag} moved ${attempts} times before it could be written; nothing was`,
    {
      hint: 'Give all jobs that write this tag one "concurrency" group, or set "concurrent: true", and run the job again.',
    },
  );
}

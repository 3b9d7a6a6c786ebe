import type { Algorithm } from '@oci-matrix/oci';

/**
 * What a registry says it does, where distribution-spec v1.1.1 leaves it the choice or where a registry is known to
 * stray. What it does not claim is skipped by name, or is expected to be declined in the way the specification gives.
 */
export interface Claims {
  /** Takes a whole blob in one POST; without it the POST is a 202 that starts an upload. */
  readonly singlePost: boolean;
  /** Mounts from the repository that `from` names; without it the POST is a 202. */
  readonly mount: boolean;
  /** Mounts without `from`; without it the POST is a 202. */
  readonly anonymousMount: boolean;
  /** Answers 416 to a chunk that does not follow the last one. */
  readonly chunkOrder: boolean;
  /** Says so too when that chunk is the last one, which comes with the PUT. */
  readonly lastChunkOrder: boolean;
  /** Cancels an upload on DELETE. */
  readonly cancel: boolean;
  /** Serves parts of a blob. */
  readonly ranges: boolean;
  /** Takes `?tag=` on a manifest PUT by digest; without it the query is ignored, and `OCI-Tag` absent. */
  readonly multiTag: boolean;
  /** Answers a range behind the end of a blob with a 416 that can be read. */
  readonly rangeEnds: boolean;
  /** Takes non-distributable layers that were never pushed. */
  readonly nonDistributable: boolean;
  /** Sorts the list of tags. */
  readonly tagOrder: boolean;
  /** Honours `n` and `last` in the list of tags. */
  readonly tagPages: boolean;
  /** Answers `n=0` with an empty list of tags. */
  readonly emptyPages: boolean;
  /** Serves the referrers API and sends `OCI-Subject`; without it the API is a 404. */
  readonly referrers: boolean;
  /** Answers 400 to a list of referrers of what is no digest. */
  readonly referrerSyntax: boolean;
  /** Takes a manifest whose subject is not there. */
  readonly missingSubject: boolean;
  /** Deletes; without it the answer is 400 or 405. */
  readonly deleteTags: boolean;
  readonly deleteManifests: boolean;
  readonly deleteBlobs: boolean;
  /** Refuses with the codes that the specification lists, and no others. */
  readonly specCodes: boolean;
}

/** All of it. */
export const everything: Claims = {
  singlePost: true,
  mount: true,
  anonymousMount: true,
  chunkOrder: true,
  lastChunkOrder: true,
  cancel: true,
  ranges: true,
  multiTag: true,
  rangeEnds: true,
  nonDistributable: true,
  tagOrder: true,
  tagPages: true,
  emptyPages: true,
  referrers: true,
  referrerSyntax: true,
  missingSubject: true,
  deleteTags: true,
  deleteManifests: true,
  deleteBlobs: true,
  specCodes: true,
};

/** The registry under test. */
export interface Target {
  /** Its origin, such as `http://127.0.0.1:5000`. */
  readonly url: string;
  readonly claims: Claims;
  /** Which digests name the content that the cases push. */
  readonly algorithm: Algorithm;
  /** What the names of the repositories start with, which are new for every case. */
  readonly namespace?: string;
  /** Sent to the registry's own origin with every request, such as a login. */
  readonly headers?: Readonly<Record<string, string>>;
}

import type { ClientOptions } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';

/** What becomes of a manifest that is incomplete: refused by the missing digest, refused without it, or taken. */
export type Completeness = 'named' | 'refused' | 'taken';

/**
 * What a registry does where the specification leaves it a choice, or where it is known to stray. No case is left out
 * for want of a claim: the client is then expected to fall back, or to be refused with an error that says so.
 */
export interface Claims {
  /** Who may read, and who may write: anybody, or those alone who have the right credentials. */
  readonly pull: 'anybody' | 'known';
  readonly push: 'anybody' | 'known';
  /** What it answers about what is not there: 404, or 403 as Artifactory does. */
  readonly absence: 'absent' | 'denied';
  /** Makes a repository for the first push to it. */
  readonly createsRepositories: boolean;
  /** Takes a whole blob in one POST; without it that POST is a 202 that starts an upload. */
  readonly singlePost: boolean;
  /** Mounts a blob from the repository that is named; without it the POST is a 202. */
  readonly mount: boolean;
  /** Takes several tags with one PUT, and confirms them by `OCI-Tag`. */
  readonly multiTag: boolean;
  /** Serves the referrers API; without it the fallback tag stands in. */
  readonly referrers: boolean;
  /** Takes blobs of sha512 digests. */
  readonly sha512: boolean;
  /** Takes configs and layers of any media type, and not those of container images alone. */
  readonly artifacts: boolean;
  /** What becomes of an image that names a blob which is not there. */
  readonly missingBlob: Completeness;
  /** What becomes of an index that names a manifest which is not there. */
  readonly missingChild: Completeness;
  /** Takes a manifest whose subject is not there. */
  readonly missingSubject: boolean;
  /** What becomes of a push to a tag that is there: it moves, or stays but takes the digest that it has, or refuses that too. */
  readonly tags: 'move' | 'repeat' | 'stay';
  /** Deletes; without it the answer is 400 or 405. */
  readonly deleteTags: boolean;
  readonly deleteManifests: boolean;
  readonly deleteBlobs: boolean;
  /** What it answers to the deletion of a blob that is not there: that it is not there, or 500. */
  readonly absentBlobDeletes: 'absent' | 'broken';
  /** For how many ms a tag may read as it was before. */
  readonly staleness: number;
}

/** What the specification asks for, and all of what it leaves open. */
export const everything: Claims = {
  pull: 'anybody',
  push: 'anybody',
  absence: 'absent',
  createsRepositories: true,
  singlePost: true,
  mount: true,
  multiTag: true,
  referrers: true,
  sha512: true,
  artifacts: true,
  missingBlob: 'named',
  missingChild: 'named',
  missingSubject: true,
  tags: 'move',
  deleteTags: true,
  deleteManifests: true,
  deleteBlobs: true,
  absentBlobDeletes: 'absent',
  staleness: 0,
};

/** The registry under test. It runs, and goes on running until the last case has ended. */
export interface Target {
  /** Such as `127.0.0.1:5000`. */
  readonly host: string;
  readonly claims: Claims;
  /** What clients are opened with: credentials, plain http, a clock. */
  readonly client?: ClientOptions;
  /** Names a repository that can be pushed to and that nothing else uses. A random one below `client/` unless given. */
  readonly newName?: () => string;
  /** Breaks the next download of a blob off after so many bytes, where the registry can be told to. */
  readonly breakDownload?: (repository: string, digest: Digest, after: number) => void;
}

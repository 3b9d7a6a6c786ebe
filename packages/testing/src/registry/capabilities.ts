/** What a registry can do, and how it behaves where the specification leaves a choice or a vendor strays from it. */
export interface Capabilities {
  /** Serves the referrers API (distribution-spec v1.1.1, end-12); without it the path is a 404. */
  readonly referrers: boolean;
  /** Answers `OCI-Subject`. Without `referrers` that is a lie: docker/hub-feedback#2372. Default: as `referrers`. */
  readonly subjectHeader: boolean;
  /** Mounts a blob from the repository that `from` names. */
  readonly mount: boolean;
  /** Mounts a blob from any repository when `from` is absent. */
  readonly anonymousMount: boolean;
  /** Takes a whole blob in the POST that would start its upload. */
  readonly singlePost: boolean;
  /** Takes `?tag=` on a manifest PUT by digest, and answers `OCI-Tag`. */
  readonly multiTag: boolean;
  /** Deletes tags, manifests and blobs; otherwise it answers 405. */
  readonly delete: boolean;
  /** Takes sha512 digests. */
  readonly sha512: boolean;
  /** Least bytes of any chunk but the last, told in `OCI-Chunk-Min-Length`. */
  readonly chunkMin: number;
  /** Most bytes of a chunk with `Content-Range`; a larger one is a 416, as ghcr.io has it at 4 MiB. */
  readonly chunkMax: number;
  /** Takes a PATCH with `Content-Range`; without it such a one is a 400: dotnet/sdk-container-builds#287. */
  readonly chunks: boolean;
  /** What a PATCH that went well answers; 201 is what ECR has. */
  readonly patchStatus: number;
  /** Keeps the PATCHes after the first of an upload; otherwise they succeed and vanish: aws/containers-roadmap#2831. */
  readonly laterChunks: boolean;
  /** How long a commit takes, in ms per MiB of the blob; it ends even if nobody waits: GoogleContainerTools/jib#4301. */
  readonly commitTime: number;
  /** Most bytes of any upload body; a larger one is a 413, as proxies have it. */
  readonly bodyMax: number;
  /** Sends `Docker-Content-Digest`. */
  readonly digestHeader: boolean;
  /** Makes a repository for the first push to it; otherwise that is a 404. See `repositories` of the options. */
  readonly createRepositories: boolean;
  /** Answers 403 for a repository, manifest or blob that is not there, as Artifactory does: RTFACT-13797. */
  readonly denyAbsent: boolean;
  /** Refuses to move a tag. */
  readonly immutableTags: boolean;
  /** With `immutableTags`: takes a push to the digest that the tag has; ECR does not: aws/containers-roadmap#2179. */
  readonly repeatImmutable: boolean;
  /** What moving an immutable tag answers. */
  readonly immutableTagStatus: number;
  /** The error code with that status. */
  readonly immutableTagCode: string;
  /** The only media types of configs and layers that a manifest may have; none means any. */
  readonly contentTypes: readonly string[];
  /** Shows the blobs of every repository in each of them. */
  readonly crossRepositoryBlobs: boolean;
  /** Refuses a manifest that names a missing blob or child. */
  readonly checkManifestContent: boolean;
  /** Takes what is a manifest and an index at once, as registries did before CVE-2021-41190; one of them counts. */
  readonly confusedManifests: boolean;
  /** Refuses a manifest that names a missing subject. */
  readonly requireSubject: boolean;
  /** Honours `If-Match` and `If-None-Match` on a manifest PUT, which no known registry does. */
  readonly conditionalPut: boolean;
  /** Answers 404 to a manifest GET whose `Accept` does not list its type, as distribution 2.8 does for OCI types. */
  readonly strictAccept: boolean;
  /** Resolves the tag `sha256-<hex>` to the digest `sha256:<hex>`, as GitLab does: oras-project/oras-go#1396. */
  readonly digestTags: boolean;
  /** Answers `Location` without an origin. */
  readonly relativeLocation: boolean;
  /** Sends blob GETs to another origin by a 307. That origin refuses credentials. */
  readonly redirectBlobs: boolean;
  /** Puts upload locations on another origin. That origin refuses credentials. */
  readonly externalUploads: boolean;
  /** For so many ms a manifest GET or HEAD by tag still gives the old digest: NVIDIA/nodewright-packages#132. */
  readonly staleTagReads: number;
  /** For so many ms a list of tags is still the old one. */
  readonly staleTagLists: number;
  /** Most entries of one page of tags or referrers. */
  readonly pageSize: number;
}

const defaults: Capabilities = {
  referrers: true,
  subjectHeader: true,
  mount: true,
  anonymousMount: false,
  singlePost: true,
  multiTag: true,
  delete: true,
  sha512: true,
  chunkMin: 0,
  chunkMax: Number.POSITIVE_INFINITY,
  chunks: true,
  patchStatus: 202,
  laterChunks: true,
  commitTime: 0,
  bodyMax: Number.POSITIVE_INFINITY,
  digestHeader: true,
  createRepositories: true,
  denyAbsent: false,
  immutableTags: false,
  repeatImmutable: true,
  immutableTagStatus: 400,
  immutableTagCode: 'TAG_INVALID',
  contentTypes: [],
  crossRepositoryBlobs: false,
  checkManifestContent: true,
  confusedManifests: false,
  requireSubject: false,
  conditionalPut: false,
  strictAccept: false,
  digestTags: false,
  relativeLocation: false,
  redirectBlobs: false,
  externalUploads: false,
  staleTagReads: 0,
  staleTagLists: 0,
  pageSize: Number.POSITIVE_INFINITY,
};

/** All capabilities, from those that a test cares about. */
export const completeCapabilities = (given: Partial<Capabilities> = {}): Capabilities => ({
  ...defaults,
  subjectHeader: given.referrers ?? defaults.referrers,
  ...given,
});

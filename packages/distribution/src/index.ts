export type { BlobSource } from './blobs/blob-source.ts';
export type { Blobs } from './blobs/blobs.ts';
export type { EnsureBlobOptions, EnsuredBlob } from './blobs/ensure-blob.ts';
export type { PushBlobOptions } from './blobs/push-blob.ts';
export { type Client, type ClientOptions, openClient } from './client.ts';
export type { Credential, Credentials } from './credentials/credential.ts';
export {
  type DockerCredentialsOptions,
  dockerCredentials,
} from './credentials/docker-credentials.ts';
export type { HelperResult, RunHelper } from './credentials/run-helper.ts';
export { firstCredentials, staticCredentials } from './credentials/static-credentials.ts';
export { AuthError, type AuthErrorCode } from './error/auth-error.ts';
export {
  type DistributionErrorCode,
  distributionErrorCodes,
  type HttpErrorCode,
  type SpecErrorCode,
  specErrorCodes,
} from './error/codes.ts';
export { ContentError, type ContentErrorCode } from './error/content-error.ts';
export { missingDigests } from './error/missing-digests.ts';
export { ProtocolError } from './error/protocol-error.ts';
export { type ErrorEntry, RegistryError } from './error/registry-error.ts';
export { TransportError } from './error/transport-error.ts';
export type { ClientEvent, RequestEvent, RequestKind, RetryEvent, WarningEvent } from './event.ts';
export type { Absence, FetchedBytes, FetchedManifest } from './manifests/fetch-manifest.ts';
export type { Manifests } from './manifests/manifests.ts';
export type { PushManifestOptions } from './manifests/push-manifest.ts';
export type { ListReferrersOptions, Referrers } from './referrers/referrers.ts';
export type { Repository, RepositoryOptions } from './repository.ts';
export type { CallOptions } from './repository-context.ts';
export type { Clock } from './retry/clock.ts';
export type { RetryOptions } from './retry/retry.ts';
export type { Statistics } from './statistics.ts';
export type { Timeouts } from './transport/connections.ts';

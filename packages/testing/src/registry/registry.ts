import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { Auth } from './authorization.ts';
import type { Capabilities } from './capabilities.ts';
import type { Fault } from './faults.ts';
import type { ProfileName } from './profiles/profiles.ts';
import type { RequestRecord, Statistics } from './request-log.ts';

export interface RegistryOptions {
  /** A free one by default. */
  readonly port?: number;
  /** Folder to keep everything in; by default a temporary one, removed at the end. */
  readonly storage?: string;
  /** A real registry to behave like; what else is given goes before what it says. */
  readonly profile?: ProfileName;
  readonly auth?: Auth;
  readonly capabilities?: Partial<Capabilities>;
  /** Repositories that are there from the start, and empty. */
  readonly repositories?: readonly string[];
}

/** A manifest as it was pushed. */
export interface PushedManifest {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: Digest;
}

/** A registry of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md on loopback. */
export interface Registry extends AsyncDisposable {
  /** Such as `http://127.0.0.1:5000`. */
  readonly url: string;
  /** Such as `127.0.0.1:5000`. */
  readonly host: string;
  /** Whom it lets in. */
  readonly auth: Auth;

  /** Puts a blob there, past all checks and faults. */
  seedBlob(repository: string, content: Uint8Array | string): Descriptor;
  /** Puts a manifest there, past all checks and faults. An object is written as canonical JSON. */
  seedManifest(
    repository: string,
    document: object | Uint8Array | string,
    options?: { tag?: string; mediaType?: string },
  ): Descriptor;
  /** Removes a manifest with its tags, or a tag alone; false when it was not there. */
  deleteManifest(repository: string, reference: string): boolean;
  /** Removes a blob from a repository, as a garbage collection does; false when it was not there. */
  deleteBlob(repository: string, digest: Digest): boolean;

  repositories(): string[];
  blobs(repository: string): Digest[];
  tags(repository: string): string[];
  manifests(repository: string): Digest[];
  blob(repository: string, digest: Digest): Uint8Array | undefined;
  manifest(repository: string, reference: string): PushedManifest | undefined;

  /** Lets requests of that method (`*`: of any) fail whose path, query included, matches. */
  fail(method: string, path: RegExp, fault: Fault): void;
  /** Forgets all faults. */
  heal(): void;

  /** The requests since the start or the last `clearRequests`, in the order of their arrival. */
  requests(method?: string, path?: RegExp): RequestRecord[];
  clearRequests(): void;
  statistics(): Statistics;
  /** Hears of every request when it is over. */
  onRequest(listener: (request: RequestRecord) => void): void;
  close(): Promise<void>;
}

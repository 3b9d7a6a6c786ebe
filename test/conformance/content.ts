import { randomBytes } from 'node:crypto';
import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import type { Bytes, Repository } from './repository.ts';

/** A manifest as it goes over the wire. */
export interface Document {
  readonly mediaType: string;
  readonly [key: string]: unknown;
}

export const encode = (value: unknown): Bytes =>
  new Uint8Array(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

/** So many bytes that no registry has seen. */
export const freshBytes = (size: number): Bytes => new Uint8Array(randomBytes(size));

/** Describes bytes by a digest of the algorithm under test. */
export const describeBytes = (
  repository: Repository,
  bytes: Bytes,
  mediaType: string,
): Descriptor => ({ mediaType, digest: repository.digestOf(bytes), size: bytes.byteLength });

export const indexOf = (manifests: readonly Descriptor[], more: object = {}): Document => ({
  schemaVersion: 2,
  mediaType: mediaTypes.imageIndex,
  manifests,
  ...more,
});

import type { Descriptor, Manifest } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { Blob } from './file-blob.ts';
import type { PlannedManifest } from './image-plan.ts';

/** A manifest, read and checked. */
export interface LoadedManifest extends PlannedManifest {
  readonly manifest: Manifest;
}

/** Reads an image from wherever it is; what does not have its descriptor's size and digest is refused. */
export interface ImageReader {
  /** What errors call it. */
  readonly name: string;
  /** True where reading costs a request: what an index says of its entries is then taken as it is. */
  readonly remote: boolean;
  load(descriptor: Descriptor): Promise<LoadedManifest>;
  /** At most `limit` bytes. */
  read(descriptor: Descriptor, limit: number): Promise<Uint8Array>;
  /** A blob to push. Throws where it is known not to be there in its length. */
  blob(descriptor: Descriptor): Promise<Blob>;
}

/** A source that is not what it should be, and why. */
export const invalidSource = (name: string, reason: string, hint?: string): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `${name} cannot be used: ${reason}`,
    hint === undefined ? {} : { hint },
  );

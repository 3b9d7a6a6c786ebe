import type { Descriptor } from '@oci-matrix/oci';
import type { Blob } from './file-blob.ts';

/** A manifest to push, with its bytes. */
export interface PlannedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

/** What to push, in the order in which it must be there: blobs, then manifests with the children first. */
export interface ImagePlan {
  readonly blobs: readonly Blob[];
  /** Blobs that are said to be in the repository already. */
  readonly present: readonly Descriptor[];
  readonly manifests: readonly PlannedManifest[];
  /** The last manifest, with platform, artifact type and annotations as an index entry has them. */
  readonly root: Descriptor;
  /** The entries of the root where it is an index. */
  readonly children?: readonly Descriptor[];
}

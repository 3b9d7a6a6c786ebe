import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { LayersMeta } from '../../layers-meta/layers-meta.ts';

/** Whose rules decide. `strict` is nobody's: it is what happens on the disk. */
export type FitEngine = 'aktualizr-lite' | 'composectl' | 'strict';
export const fitEngines = ['aktualizr-lite', 'composectl', 'strict'] as const;

/** A blob or a document, as far as its place on a disk matters. */
export type SizedBlob = Pick<Descriptor, 'digest' | 'size'>;

/** What is to be installed, or is: an App of several images, or one image; what is known of it. */
export interface App {
  /** For messages: the path of its metadata, or its reference. */
  readonly name: string;
  /** What was measured of its layers, for one architecture or for several. */
  readonly document?: LayersMeta | undefined;
  /** Why there is none; continues "…, since ". */
  readonly without?: string | undefined;
  /** The layers for the architecture, where a manifest says which they are. */
  readonly layers?: readonly SizedBlob[] | undefined;
  /** The digests of the unpacked layers by those of the blobs, where the config was read. */
  readonly diffIds?: ReadonlyMap<Digest, Digest> | undefined;
  /** The App's own files, a compressed tar beside the images. */
  readonly archive?: SizedBlob | undefined;
  /** What else a store keeps of it: manifests, configs, the metadata. */
  readonly documents?: readonly SizedBlob[] | undefined;
}

/** What a device has already. */
export interface Installed {
  /** Of blobs, as the store of the device names them. */
  readonly digests: ReadonlySet<Digest>;
  /** Of unpacked layers, where they are known. */
  readonly diffIds: ReadonlySet<Digest>;
}

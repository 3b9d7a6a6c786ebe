import { mediaTypes } from '@oci-matrix/oci';

/** The manifests that we read. Without it, some registries convert what they have to what they think we know. */
export const acceptManifests = [
  mediaTypes.imageIndex,
  mediaTypes.imageManifest,
  mediaTypes.dockerManifestList,
  mediaTypes.dockerManifest,
].join(', ');

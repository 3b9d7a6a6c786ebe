import { type ImageManifest, isImageConfigType, isRuntimeLayerType } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Refuses what runtimes take for a container image, by the type of its config, and cannot unpack (`LAYER_NOT_RUNNABLE`). */
export function refuseNotRunnable({ config, layers }: ImageManifest): void {
  if (!isImageConfigType(config.mediaType)) return;
  const layer = layers.find(({ mediaType }) => !isRuntimeLayerType(mediaType));
  if (layer === undefined) return;
  throw new MatrixError(
    'LAYER_NOT_RUNNABLE',
    `the config is of type ${config.mediaType}, which makes this a container image, but the layer ${layer.annotations?.['org.opencontainers.image.title'] ?? layer.digest} is of type ${layer.mediaType}, which no runtime unpacks`,
    {
      hint: 'Leave "config" out or give it a media type of your own, and name the kind of artifact with "artifact-type"; or give the layers a type such as application/vnd.oci.image.layer.v1.tar+gzip.',
    },
  );
}

/** The artifact type that an index entry shows; undefined for a container image. */
export function artifactTypeOf({ artifactType, config }: ImageManifest): string | undefined {
  if (artifactType !== undefined && artifactType !== '') return artifactType;
  return isImageConfigType(config.mediaType) ? undefined : config.mediaType;
}

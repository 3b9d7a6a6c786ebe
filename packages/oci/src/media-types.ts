/** The media types of https://github.com/opencontainers/image-spec/blob/v1.1.1/media-types.md and their Docker ancestors. */
export const mediaTypes = {
  imageManifest: 'application/vnd.oci.image.manifest.v1+json',
  imageIndex: 'application/vnd.oci.image.index.v1+json',
  imageConfig: 'application/vnd.oci.image.config.v1+json',
  imageLayer: 'application/vnd.oci.image.layer.v1.tar',
  imageLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  imageLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  empty: 'application/vnd.oci.empty.v1+json',
  octetStream: 'application/octet-stream',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerManifestList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

const runtimeLayers = new Set<string>([
  mediaTypes.imageLayer,
  mediaTypes.imageLayerGzip,
  mediaTypes.imageLayerZstd,
  'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
  mediaTypes.dockerLayerGzip,
  'application/vnd.docker.image.rootfs.diff.tar',
  'application/vnd.docker.image.rootfs.diff.tar.zstd',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
]);

export const isImageManifestType = (mediaType: string): boolean =>
  mediaType === mediaTypes.imageManifest || mediaType === mediaTypes.dockerManifest;

export const isIndexType = (mediaType: string): boolean =>
  mediaType === mediaTypes.imageIndex || mediaType === mediaTypes.dockerManifestList;

export const isManifestType = (mediaType: string): boolean =>
  isImageManifestType(mediaType) || isIndexType(mediaType);

/** True of a config that makes runtimes take the manifest for a container image. */
export const isImageConfigType = (mediaType: string): boolean =>
  mediaType === mediaTypes.imageConfig || mediaType === mediaTypes.dockerConfig;

/** True of a layer that containerd, Docker and podman can unpack. */
export const isRuntimeLayerType = (mediaType: string): boolean => runtimeLayers.has(mediaType);

/** `type/subtype` of https://www.rfc-editor.org/rfc/rfc6838#section-4.2, without parameters. */
export const isMediaType = (text: string): boolean =>
  /^[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}\/[a-zA-Z0-9][a-zA-Z0-9!#$&^_.+-]{0,126}$/.test(text);

import {
  type Annotations,
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  emptyBytes,
  emptyDescriptor,
  type ImageManifest,
  isImageConfigType,
  mediaTypes,
  type Platform,
} from '@oci-matrix/oci';
import type { Blob } from './file-blob.ts';
import type { ImagePlan } from './image-plan.ts';
import { agreedPlatform, platformOfConfig } from './image-platform.ts';
import { artifactTypeOf, refuseNotRunnable } from './runnable.ts';

/** The artifact type of a manifest whose maker gave none; the name that ORAS uses for it. */
export const unknownArtifactType = 'application/vnd.unknown.artifact.v1';

export interface PlanArtifactOptions {
  /** Layers to upload. */
  readonly blobs: readonly Blob[];
  /** Layers that are in the repository already. */
  readonly present: readonly Descriptor[];
  readonly config?: Blob | undefined;
  /** The bytes of the config, where it is an image config. */
  readonly configBytes?: Uint8Array | undefined;
  readonly artifactType?: string | undefined;
  readonly annotations?: Annotations;
  /** Of every layer, where it has none of that key itself. */
  readonly layerAnnotations?: Annotations;
  /** Of the config's descriptor. */
  readonly configAnnotations?: Annotations;
  readonly subject?: Descriptor | undefined;
  readonly platform?: Platform | undefined;
}

/** The image manifest over some blobs: https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage */
export function planArtifact(options: PlanArtifactOptions): ImagePlan {
  const { config = emptyConfig, annotations = {}, subject } = options;
  const isImage = isImageConfigType(config.descriptor.mediaType);
  const artifactType =
    options.artifactType ?? (config === emptyConfig ? unknownArtifactType : undefined);
  const layers = inOrder([...options.blobs.map((blob) => blob.descriptor), ...options.present]).map(
    (layer) => annotated(layer, options.layerAnnotations),
  );
  const image: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    ...(artifactType === undefined ? {} : { artifactType }),
    config: annotated(config.descriptor, options.configAnnotations),
    // A manifest without layers is not portable: the empty descriptor stands in.
    layers: layers.length === 0 ? [emptyDescriptor] : layers,
    ...(subject === undefined ? {} : { subject }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
  refuseNotRunnable(image);

  const bytes = canonicalBytes(image);
  const platform = agreedPlatform(
    options.platform,
    isImage && options.configBytes ? platformOfConfig(options.configBytes) : undefined,
  );
  const entryType = artifactTypeOf(image);
  const root = descriptorOf(bytes, mediaTypes.imageManifest, {
    ...(entryType === undefined ? {} : { artifactType: entryType }),
    ...(platform === undefined ? {} : { platform }),
  });
  const needsEmpty = layers.length === 0 && config !== emptyConfig;
  return {
    blobs: [...options.blobs, config, ...(needsEmpty ? [emptyConfig] : [])],
    present: options.present,
    manifests: [{ descriptor: root, bytes }],
    root,
  };
}

const emptyConfig: Blob = {
  descriptor: emptyDescriptor,
  source: {
    async *open() {
      yield emptyBytes;
    },
  },
};

function annotated(descriptor: Descriptor, annotations: Annotations = {}): Descriptor {
  const all = { ...annotations, ...descriptor.annotations };
  return Object.keys(all).length === 0 ? descriptor : { ...descriptor, annotations: all };
}

// By title, as their paths sort; what has none keeps its place behind.
function inOrder(layers: readonly Descriptor[]): Descriptor[] {
  const title = (layer: Descriptor): string =>
    layer.annotations?.['org.opencontainers.image.title'] ?? '\uffff';
  return [...layers].sort((a, b) => (title(a) < title(b) ? -1 : title(a) > title(b) ? 1 : 0));
}

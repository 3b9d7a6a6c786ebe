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
import { titleKey } from './blobs-from-files.ts';
import { MatrixError } from './error.ts';
import type { Blob } from './file-blob.ts';
import type { ImagePlan, PlannedManifest } from './image-plan.ts';
import { agreedPlatform, platformOfConfig } from './image-platform.ts';
import { isLayersMeta } from './layers-meta/layers-meta-annotation.ts';
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
  /** Of the layers of a title, by that; over what they have themselves. */
  readonly titledAnnotations?: ReadonlyMap<string, Annotations>;
  /** Of the config's descriptor. */
  readonly configAnnotations?: Annotations;
  readonly subject?: Descriptor | undefined;
  readonly platform?: Platform | undefined;
  /**
   * What older readers of Apps look for in a member `manifests`. It makes the manifest one that image-spec v1.1 does not know and most
   * registries refuse.
   */
  readonly layersManifests?: readonly PlannedManifest[] | undefined;
}

/** The image manifest over some blobs: https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidelines-for-artifact-usage */
export function planArtifact(options: PlanArtifactOptions): ImagePlan {
  const { config = emptyConfig, annotations = {}, subject, layersManifests = [] } = options;
  const isImage = isImageConfigType(config.descriptor.mediaType);
  const artifactType =
    options.artifactType ?? (config === emptyConfig ? unknownArtifactType : undefined);
  const layers = layersOf(options);
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

  const listed = layersManifests.map(({ descriptor }) => descriptor);
  const bytes = canonicalBytes(listed.length === 0 ? image : { ...image, manifests: listed });
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
    manifests: [...layersManifests, { descriptor: root, bytes }],
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

function layersOf(options: PlanArtifactOptions): Descriptor[] {
  const { blobs, present, layerAnnotations, titledAnnotations = new Map() } = options;
  const layers = [...blobs.map(({ descriptor }) => descriptor), ...present];
  refuseUntitled(layers, [...titledAnnotations.keys()]);
  return inOrder(
    layers.map((layer) => {
      const all = annotated(layer, layerAnnotations);
      const own = titledAnnotations.get(titleOf(layer) ?? '');
      return own === undefined ? all : { ...all, annotations: { ...all.annotations, ...own } };
    }),
  );
}

function refuseUntitled(layers: readonly Descriptor[], titles: readonly string[]): void {
  const has = new Set(layers.map(titleOf));
  const absent = titles.find((title) => !has.has(title));
  if (absent === undefined) return;
  const names = [...has].filter((title) => title !== undefined).slice(0, 10);
  throw new MatrixError(
    'ANNOTATION_INVALID',
    `no layer has the title ${absent}, which an annotation is for; there are ${names.join(', ') || 'none with a title'}`,
    {
      hint: 'Write the title in layer[TITLE]: as the manifest has it: the path below the folder of all files.',
    },
  );
}

const titleOf = ({ annotations }: Descriptor): string | undefined => annotations?.[titleKey];

// By title, as their paths sort; what has none keeps its place behind. Devices look for the metadata of layers in the second
// place, behind the App's archive, and nowhere else.
function inOrder(layers: readonly Descriptor[]): Descriptor[] {
  const title = (layer: Descriptor): string => titleOf(layer) ?? '\uffff';
  const sorted = [...layers].sort((a, b) =>
    title(a) < title(b) ? -1 : title(a) > title(b) ? 1 : 0,
  );
  const [first, ...others] = sorted.filter((layer) => !isLayersMeta(layer));
  const metas = sorted.filter(isLayersMeta);
  return first === undefined ? metas : [first, ...metas, ...others];
}

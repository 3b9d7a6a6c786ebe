import type { Client } from '@oci-matrix/distribution';
import { type Annotations, descriptorOf, type Reference } from '@oci-matrix/oci';
import { titleKey } from '../blobs-from-files.ts';
import { MatrixError } from '../error.ts';
import type { Blob } from '../file-blob.ts';
import type { PlannedManifest } from '../image-plan.ts';
import { appImages } from './app-images.ts';
import { layersManifests } from './layers-manifests.ts';
import {
  isPlatformLayersMeta,
  layersMetaText,
  type MergedLayersMeta,
  maxLayersMetaLength,
  parseLayersMeta,
} from './layers-meta.ts';
import { marksLayersMeta } from './layers-meta-annotation.ts';
import { withoutPlainNames, withPlainNames } from './plain-names.ts';
import { restrictLayersMeta } from './restrict-layers-meta.ts';

export interface AppContentOptions {
  /** The files of the manifest, as they are. */
  readonly blobs: readonly Blob[];
  /** Annotations by the title of the layer: the one with `layers-meta=v1` is the metadata. */
  readonly titledAnnotations: ReadonlyMap<string, Annotations>;
  /** The images of the App; where there are none, the metadata is left as it is. */
  readonly onlyLayersOf: readonly Reference[];
  /** Also makes the manifests of layers that the older form of an App lists. */
  readonly older: boolean;
  readonly client: Client;
}

export interface AppContent {
  readonly blobs: readonly Blob[];
  readonly layersManifests: readonly PlannedManifest[];
  /** Architectures of the metadata that some image of the App is not for. */
  readonly without: readonly string[];
}

/**
 * The files of an App with its metadata checked and restricted to the layers of its images. Reads, and writes nothing. Throws
 * `LAYERS_META_INVALID`, and `INPUT_INVALID` where no file is the metadata.
 */
export async function appContent(options: AppContentOptions): Promise<AppContent> {
  const { blobs, onlyLayersOf, older, client } = options;
  const meta = metaBlob(options);
  const document = meta && (await documentOf(meta));
  if (onlyLayersOf.length === 0) {
    if (older) throw withoutImages();
    return { blobs, layersManifests: [], without: [] };
  }
  if (meta === undefined || document === undefined) throw withoutMeta();
  const all = withoutPlainNames(document);
  const images = await appImages(client, onlyLayersOf, Object.keys(all));
  const restricted = restrictLayersMeta(all, images, titleOf(meta));
  const named = withPlainNames(restricted.document);
  const replaced = textBlob(meta, layersMetaText(named));
  return {
    blobs: blobs.map((blob) => (blob === meta ? replaced : blob)),
    layersManifests: older ? layersManifests(named, images) : [],
    without: restricted.without,
  };
}

const titleOf = ({ descriptor }: Blob): string => descriptor.annotations?.[titleKey] ?? '';

function metaBlob({ blobs, titledAnnotations }: AppContentOptions): Blob | undefined {
  const marked = blobs.filter((blob) => marksLayersMeta(titledAnnotations.get(titleOf(blob))));
  const [only, ...others] = marked;
  if (others.length === 0) return only;
  throw new MatrixError(
    'INPUT_INVALID',
    `${marked.length} files are layer metadata by their annotation: ${marked.map(titleOf).join(', ')}`,
    {
      hint: 'Annotate one of them with layers-meta=v1: devices read the second layer, and no other.',
    },
  );
}

// Devices look up their architecture in it: what has none, or is not read there, is worth nothing.
async function documentOf(meta: Blob): Promise<MergedLayersMeta> {
  const from = titleOf(meta);
  const { size } = meta.descriptor;
  if (size > maxLayersMetaLength) {
    throw new MatrixError(
      'LAYERS_META_INVALID',
      `${from} has ${size} bytes, at most ${maxLayersMetaLength} go`,
    );
  }
  const bytes = Buffer.concat(await Array.fromAsync(meta.source.open()));
  const document = parseLayersMeta(bytes.toString(), from);
  if (!isPlatformLayersMeta(document)) return document;
  throw new MatrixError(
    'LAYERS_META_INVALID',
    `${from} does not say which architecture it is for`,
    {
      hint: 'Give the "layers-meta-file" of aggregate-outputs or publish, which has one document for all architectures.',
    },
  );
}

function textBlob({ descriptor }: Blob, text: string): Blob {
  const bytes = new TextEncoder().encode(text);
  const { mediaType, annotations } = descriptor;
  return {
    descriptor: descriptorOf(bytes, mediaType, annotations === undefined ? {} : { annotations }),
    source: {
      async *open() {
        yield bytes;
      },
    },
  };
}

const withoutMeta = (): MatrixError =>
  new MatrixError(
    'INPUT_INVALID',
    'only-layers-of is given, and no file is annotated as layer metadata',
    {
      hint: 'Add the file to "files", and a line "layer[TITLE]:layers-meta=v1" to "annotations".',
    },
  );

const withoutImages = (): MatrixError =>
  new MatrixError(
    'INPUT_INVALID',
    'layers-manifests lists the layers of images, and only-layers-of names none',
    {
      hint: 'Name the images of the App in "only-layers-of", or leave "layers-manifests" out.',
    },
  );

import type { Descriptor } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { LayerMeta, MergedLayersMeta, PlatformLayersMeta } from './layers-meta.ts';

/** An image of an App, and its layers by the names that architectures have in the metadata. */
export interface AppImage {
  /** For messages. */
  readonly name: string;
  /** No entry where the image is not for the architecture. */
  readonly layers: ReadonlyMap<string, readonly Descriptor[]>;
}

export interface RestrictedLayersMeta {
  readonly document: MergedLayersMeta;
  /** Architectures of the metadata that some image is not for: the App cannot run there. */
  readonly without: readonly string[];
}

// More of them in one message help nobody.
const maxShown = 10;

/**
 * Leaves of metadata the layers of some images, for every architecture that all of them are for. Throws `LAYERS_META_INVALID` where it
 * lacks layers, and names them with their image.
 */
export function restrictLayersMeta(
  document: MergedLayersMeta,
  images: readonly AppImage[],
  from: string,
): RestrictedLayersMeta {
  const keys = Object.keys(document);
  const fitting = keys.filter((key) => images.every(({ layers }) => layers.has(key)));
  if (fitting.length === 0) throw nowhere(from, keys, images);
  const restricted = fitting.map((key) => restrictPlatform(document[key], key, images));
  const missing = restricted.flatMap((one) => one.missing);
  if (missing.length > 0) throw lacking(from, missing);
  return {
    document: Object.fromEntries(
      restricted.flatMap(({ key, meta }) => (meta === undefined ? [] : [[key, meta]])),
    ),
    without: keys.filter((key) => !fitting.includes(key)),
  };
}

interface RestrictedPlatform {
  readonly key: string;
  readonly meta: PlatformLayersMeta | undefined;
  /** The layers that it lacks, with their images. */
  readonly missing: readonly string[];
}

function restrictPlatform(
  meta: PlatformLayersMeta | undefined,
  key: string,
  images: readonly AppImage[],
): RestrictedPlatform {
  const layers = new Map<string, LayerMeta>();
  const missing: string[] = [];
  for (const { name, layers: all } of images) {
    for (const { digest, size } of all.get(key) ?? []) {
      const known =
        meta !== undefined && Object.hasOwn(meta.layers, digest) ? meta.layers[digest] : undefined;
      if (known === undefined) missing.push(`${digest} of ${name} (${key})`);
      else layers.set(digest, withArchiveSize(known, size, `${digest} of ${name} (${key})`));
    }
  }
  return { key, missing, meta: meta && { ...meta, layers: Object.fromEntries(layers) } };
}

// Foundries' builds leave it to whoever publishes the App.
function withArchiveSize(meta: LayerMeta, size: number, name: string): LayerMeta {
  if (meta.archive_size === undefined || meta.archive_size === size) {
    return { ...meta, archive_size: size };
  }
  throw new MatrixError(
    'LAYERS_META_INVALID',
    `the layer ${name} has ${size} bytes, and ${meta.archive_size} by its metadata`,
  );
}

function lacking(from: string, missing: readonly string[]): MatrixError {
  const shown = missing.slice(0, maxShown).join(', ');
  const more = missing.length > maxShown ? ` and ${missing.length - maxShown} more` : '';
  return new MatrixError(
    'LAYERS_META_INVALID',
    `${from} lacks ${missing.length} layers of the images of the App: ${shown}${more}`,
    {
      hint: 'Measure these images too, or name in "only-layers-of" the very digests that were measured: a tag may have moved since.',
    },
  );
}

function nowhere(from: string, keys: readonly string[], images: readonly AppImage[]): MatrixError {
  const has = images.map(
    ({ name, layers }) => `${name} is for ${[...layers.keys()].join(', ') || 'none of them'}`,
  );
  return new MatrixError(
    'LAYERS_META_INVALID',
    `no architecture of ${from} (${keys.join(', ') || 'none'}) is one that all images of the App are for: ${has.join('; ')}`,
    { hint: 'Measure the images for the architectures that the App is for.' },
  );
}

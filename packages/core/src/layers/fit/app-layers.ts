import {
  type Digest,
  isDigest,
  type Platform,
  parsePlatform,
  selectByPlatform,
} from '@oci-matrix/oci';
import { MatrixError } from '../../error.ts';
import {
  isPlatformLayersMeta,
  type LayerMeta,
  type LayerStore,
  type LayersMeta,
  layersMetaOf,
  type PlatformLayersMeta,
} from '../../layers-meta/layers-meta.ts';
import type { App, FitEngine } from './app.ts';

/** A layer of an App, for one architecture. */
export interface FitLayer {
  readonly digest: Digest;
  /** Of the blob, in bytes; undefined where nothing says it. */
  readonly archiveSize: number | undefined;
  /** What was measured; undefined where the engine finds nothing. */
  readonly meta: LayerMeta | undefined;
  readonly diffId: Digest | undefined;
}

/** The layers of an App, each once, as an engine sees them. */
export interface AppLayers {
  readonly app: App;
  readonly layers: readonly FitLayer[];
  /** Of the measurement, in bytes; undefined where there is none. */
  readonly blockSize: number | undefined;
  readonly store: LayerStore | undefined;
  /** Why a layer without `meta` has none; continues "…, since ". */
  readonly without: string;
}

/** Throws `INPUT_INVALID` where nothing says which layers the App has for the architecture. */
export function appLayers(app: App, architecture: string, engine: FitEngine): AppLayers {
  const fitting = app.document && fittingMeta(app.document, architecture);
  const meta = app.document && seenBy(engine, app.document, fitting, architecture);
  const known = meta ?? fitting;
  const digests = app.layers?.map(({ digest }) => digest) ?? (known && digestsOf(known));
  if (digests === undefined) throw nothingKnown(app, architecture);
  const sizes = new Map(app.layers?.map(({ digest, size }) => [digest, size]));
  return {
    app,
    layers: [...new Set(digests)].map((digest) => ({
      digest,
      archiveSize: sizes.get(digest) ?? known?.layers[digest]?.archive_size,
      meta: meta?.layers[digest],
      diffId: known?.layers[digest]?.diff_id ?? app.diffIds?.get(digest),
    })),
    blockSize: meta?.fs_block_size,
    store: meta?.store,
    without: withoutReason(app, fitting, meta, architecture),
  };
}

// The engines look for what Go calls the architecture, and know of no variant.
const seenBy = (
  engine: FitEngine,
  document: LayersMeta,
  fitting: PlatformLayersMeta | undefined,
  architecture: string,
): PlatformLayersMeta | undefined =>
  engine === 'strict' ? fitting : layersMetaOf(document, machine(architecture).architecture);

/** What a document says for an architecture: by its name, else what such a machine would run; `arm` is `arm/v7`. */
function fittingMeta(document: LayersMeta, architecture: string): PlatformLayersMeta | undefined {
  const named = layersMetaOf(document, architecture);
  if (named !== undefined || isPlatformLayersMeta(document)) return named;
  const wanted = machine(architecture);
  const entries = Object.entries(document)
    .map(([key, meta]) => ({ platform: machine(key), meta }))
    .filter(({ platform }) => platform.architecture === wanted.architecture);
  // One without a variant is for whichever the build had.
  return selectByPlatform(entries, wanted)?.meta ?? layersMetaOf(document, wanted.architecture);
}

const machine = (architecture: string): Platform => parsePlatform(`linux/${architecture}`);

const digestsOf = ({ layers }: PlatformLayersMeta): Digest[] =>
  Object.keys(layers).filter(isDigest);

function withoutReason(
  { without, document }: App,
  fitting: PlatformLayersMeta | undefined,
  meta: PlatformLayersMeta | undefined,
  architecture: string,
): string {
  if (document === undefined) return without ?? 'it has no layer metadata';
  if (meta !== undefined) return 'its layer metadata does not have them';
  const { architecture: key } = machine(architecture);
  return fitting === undefined
    ? `its layer metadata has nothing for ${architecture}`
    : `its layer metadata has no ${JSON.stringify(key)}, which is where the engine looks`;
}

function nothingKnown({ name, document }: App, architecture: string): MatrixError {
  if (document === undefined) {
    return new MatrixError(
      'INPUT_INVALID',
      `nothing says which layers ${name} has: it has no layer metadata, and its manifest names no images`,
      {
        hint: 'Attach the metadata when the App is published, or give it in "layers-meta-file"; for an estimate name the images of the App in "image".',
      },
    );
  }
  const has = Object.keys(document).join(', ') || 'nothing';
  return new MatrixError(
    'INPUT_INVALID',
    `the layer metadata of ${name} has nothing for ${architecture}: it has ${has}`,
    { hint: 'Set "architecture" to one of these, or measure the layers for it too.' },
  );
}

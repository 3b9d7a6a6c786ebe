import { isDigest, parsePlatform } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { architectureName } from './architecture-name.ts';
import { joinLayer } from './join-layer.ts';
import type { LayerMeta, MergedLayersMeta, PlatformLayersMeta } from './layers-meta.ts';
import { withoutPlainNames } from './plain-names.ts';

/** A document, and whose it is: `leg amd64`, or the path of a file. */
export interface SaidLayersMeta {
  readonly from: string;
  readonly document: MergedLayersMeta;
}

/**
 * One document of several, the same whatever their order. Throws `LAYERS_META_INVALID`, naming both, where two of them differ in
 * what a layer costs, or in what they were measured for.
 */
export function joinLayersMeta(said: readonly SaidLayersMeta[]): MergedLayersMeta {
  const parts = partsOf(said);
  refuseOtherModel(parts);
  const layers = Map.groupBy(
    parts.flatMap(({ name, meta }) =>
      Object.entries(meta.layers).map(([digest, layer]) => ({ digest, name, layer })),
    ),
    ({ digest }) => digest,
  );
  // A layer is the same layer for every architecture that has it.
  const joined = new Map([...layers].map(([digest, all]) => [digest, joinLayer(digest, all)]));
  const keys = Map.groupBy(parts, ({ key }) => key);
  return Object.fromEntries(
    [...keys]
      .map(([key, own]) => [key, platformOf(own, joined)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

/** What one document says of one architecture. */
interface Part {
  readonly key: string;
  /** For messages. */
  readonly name: string;
  readonly meta: PlatformLayersMeta;
}

function partsOf(said: readonly SaidLayersMeta[]): Part[] {
  const parts = said.flatMap(({ from, document }) =>
    Object.entries(withoutPlainNames(document)).map(([key, meta]) => {
      const name = `${from} (${key})`;
      return { key: architectureKey(key), name, meta };
    }),
  );
  return parts.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** How a platform of Linux is called in a document: `amd64`, `arm64`, `arm/v7`. `arm` alone leaves the variant open. */
const architectureKey = (key: string): string =>
  key === 'arm' ? key : architectureName(parsePlatform(`linux/${key}`));

function platformOf(
  parts: readonly Part[],
  joined: ReadonlyMap<string, LayerMeta>,
): PlatformLayersMeta {
  const digests = [...new Set(parts.flatMap(({ meta }) => Object.keys(meta.layers)))].sort();
  const { fs_block_size = 0, model, store } = parts[0]?.meta ?? {};
  return {
    fs_block_size,
    layers: Object.fromEntries(
      digests.flatMap((digest) => {
        const layer = joined.get(digest);
        return layer === undefined || !isDigest(digest) ? [] : [[digest, layer]];
      }),
    ),
    ...(model === undefined ? {} : { model }),
    ...(store === undefined ? {} : { store }),
  };
}

const measuredFor = ({ fs_block_size, model, store }: PlatformLayersMeta): string =>
  `blocks of ${fs_block_size} bytes, store ${store ?? 'unknown'}, model ${model ?? 'unknown'}`;

function refuseOtherModel(parts: readonly Part[]): void {
  const [first] = parts;
  const other = parts.find(({ meta }) => first && measuredFor(meta) !== measuredFor(first.meta));
  if (first === undefined || other === undefined) return;
  throw new MatrixError(
    'LAYERS_META_INVALID',
    `the layers of ${first.name} were measured for ${measuredFor(first.meta)}, and those of ${other.name} for ${measuredFor(other.meta)}`,
    {
      hint: 'Give measure-layers the same version, "store" and first of "block-sizes" in all legs.',
    },
  );
}

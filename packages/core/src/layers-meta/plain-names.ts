import { layersMetaText, type MergedLayersMeta } from './layers-meta.ts';

const architectureOf = (key: string): string => key.split('/', 1)[0] ?? key;
const hasVariant = (key: string): boolean => key.includes('/');

/**
 * Adds `arm` beside an only `arm/v7`: devices look up what Go calls the architecture, and know of no variant. Of several variants none
 * may take that name, since a device of another one would be told a wrong number; `sharedNames` says so.
 */
export function withPlainNames(document: MergedLayersMeta): MergedLayersMeta {
  const all = { ...document };
  for (const [architecture, variants] of variantsOf(document)) {
    const [only, ...others] = variants;
    const meta = only === undefined || others.length > 0 ? undefined : document[only];
    if (meta !== undefined && !Object.hasOwn(document, architecture)) all[architecture] = meta;
  }
  return all;
}

/** The inverse: without the names that are there for devices only. */
export function withoutPlainNames(document: MergedLayersMeta): MergedLayersMeta {
  const all = { ...document };
  for (const [architecture, [only, ...others]] of variantsOf(document)) {
    const [plain, meta] = [document[architecture], only === undefined ? undefined : document[only]];
    if (plain === undefined || meta === undefined || others.length > 0) continue;
    if (layersMetaText(plain) === layersMetaText(meta)) delete all[architecture];
  }
  return all;
}

/** The architectures that several variants share, so that a device which knows of none finds nothing. */
export const sharedNames = (document: MergedLayersMeta): string[] =>
  [...variantsOf(document)]
    .filter(([name, variants]) => variants.length > 1 && !Object.hasOwn(document, name))
    .map(([name]) => name);

const variantsOf = (document: MergedLayersMeta): Map<string, string[]> =>
  Map.groupBy(Object.keys(document).filter(hasVariant), architectureOf);

import { MatrixError } from '../error.ts';
import type { LayerMeta } from './layers-meta.ts';

/** What somebody says of a layer. */
export interface SaidLayer {
  /** Whoever says it. */
  readonly name: string;
  readonly layer: LayerMeta;
}

/**
 * One layer as all describe it: what some leave out others know. One that is the lowest of an image here and not there counts as the
 * dearer, not the lowest, as in `distinctLayers`. Throws `LAYERS_META_INVALID`, naming two that contradict each other.
 */
export function joinLayer(digest: string, said: readonly SaidLayer[]): LayerMeta {
  const lowest = said.filter(({ layer }) => layer.base === true);
  const higher = said.filter(({ layer }) => layer.base !== true);
  // What a layer costs depends on its place; those of the other place must agree among themselves all the same.
  const [asLowest, asHigher] = [costsOf(digest, lowest), costsOf(digest, higher)];
  const isBase = higher.length === 0;
  const { usage = 0, ...costs } = isBase ? asLowest : asHigher;
  const agreed = agreement(digest, said);
  const archive_size = agreed('archive_size', (layer) => layer.archive_size);
  const diff_id = agreed('diff_id', (layer) => layer.diff_id);
  const entries = agreed('entries', (layer) => layer.entries);
  return {
    size: agreed('size', (layer) => layer.size) ?? 0,
    usage,
    ...(archive_size === undefined ? {} : { archive_size }),
    ...(isBase ? { base: true } : {}),
    ...(diff_id === undefined ? {} : { diff_id }),
    ...(entries === undefined ? {} : { entries }),
    ...costs,
  };
}

function costsOf(digest: string, said: readonly SaidLayer[]): Partial<LayerMeta> {
  const agreed = agreement(digest, said);
  const usage = agreed('usage', (layer) => layer.usage);
  const inodes = agreed('inodes', (layer) => layer.inodes);
  const sizes = new Set(said.flatMap(({ layer }) => Object.keys(layer.usages ?? {})));
  const usages = [...sizes].flatMap((bytes) => {
    const other = agreed(`usage in blocks of ${bytes}`, (layer) => layer.usages?.[bytes]);
    return other === undefined ? [] : [[bytes, other]];
  });
  return {
    ...(usage === undefined ? {} : { usage }),
    ...(inodes === undefined ? {} : { inodes }),
    ...(sizes.size === 0 ? {} : { usages: Object.fromEntries(usages) }),
  };
}

type Agreed = <Value extends string | number>(
  what: string,
  read: (layer: LayerMeta) => Value | undefined,
) => Value | undefined;

/** The one value that all have who have it; undefined where nobody has it. */
const agreement =
  (digest: string, said: readonly SaidLayer[]): Agreed =>
  (what, read) => {
    const having = said.flatMap(({ name, layer }) => {
      const value = read(layer);
      return value === undefined ? [] : [{ name, value }];
    });
    const [first] = having;
    const other = having.find(({ value }) => value !== first?.value);
    if (first === undefined || other === undefined) return first?.value;
    throw new MatrixError(
      'LAYERS_META_INVALID',
      `the layer ${digest} has ${what} ${first.value} in ${first.name}, and ${other.value} in ${other.name}`,
      {
        hint: 'Measure the layer again in both legs: one of the documents is of another version of measure-layers, or was changed.',
      },
    );
  };

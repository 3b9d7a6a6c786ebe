import { MatrixError } from '../error.ts';
import type { LegRecord } from '../record.ts';
import { joinLayersMeta } from './join-layers-meta.ts';
import { layersMetaText, type MergedLayersMeta, maxLayersMetaLength } from './layers-meta.ts';
import { sharedNames, withPlainNames } from './plain-names.ts';

/** What all legs of a group measured. */
export interface MergedLayers {
  readonly document: MergedLayersMeta;
  /** Its bytes, for a file. */
  readonly text: string;
  /** Architectures of several variants, whose name alone is nobody's: devices that know of no variant find nothing there. */
  readonly shared: readonly string[];
}

/**
 * What all legs measured as one document, the same for the same legs in any order; undefined where none measured. Throws
 * `LAYERS_META_INVALID`, naming two legs that contradict each other.
 */
export function mergeLayersMeta(
  records: readonly Pick<LegRecord, 'leg' | 'layers'>[],
): MergedLayers | undefined {
  const said = records.flatMap(({ leg, layers }) =>
    layers === undefined ? [] : [{ from: `leg ${leg}`, document: layers }],
  );
  if (said.length === 0) return undefined;
  const document = withPlainNames(joinLayersMeta(said));
  const text = layersMetaText(document);
  const { length } = text;
  if (length <= maxLayersMetaLength) return { document, text, shared: sharedNames(document) };
  throw new MatrixError(
    'LAYERS_META_INVALID',
    `the layer metadata of ${said.length} legs has ${length} characters, at most ${maxLayersMetaLength} go`,
    { hint: 'Give each App a "group" of its own, so that fewer legs come together.' },
  );
}

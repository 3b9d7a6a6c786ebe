import type { Descriptor } from '@oci-matrix/oci';
import type { MergedLayersMeta } from './layers-meta/layers-meta.ts';
import { legId, type Matrix, slugOf } from './leg.ts';
import {
  type LegRecord,
  parseRecord,
  type RunIdentity,
  recordSchemaName,
  recordText,
} from './record.ts';

/** Who the leg is, as the platform tells it. */
export interface LegIdentity {
  readonly group: string;
  /** A name that the user gave; else it is made of the matrix, or of the job. */
  readonly leg?: string | undefined;
  readonly index: number;
  readonly total: number;
  readonly matrix: Matrix | null;
  readonly run: RunIdentity;
}

export interface RecordContent {
  readonly image?: string;
  readonly descriptor?: Descriptor;
  readonly children?: readonly Descriptor[];
  readonly layers?: MergedLayersMeta;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Makes the record of a leg. What a fan-in could not read is refused here, in the leg that can be mended (`RECORD_INVALID`). */
export function createRecord(
  { group, leg, index, total, matrix, run }: LegIdentity,
  content: RecordContent,
  finishedAt: Date,
): LegRecord {
  const record: LegRecord = {
    schema: recordSchemaName,
    group,
    leg: leg ?? (matrix === null ? slugOf(run.job) || 'leg' : legId(matrix)),
    index,
    total,
    matrix,
    ...(matrix === null ? {} : { axes: Object.keys(matrix) }),
    ...content,
    outputs: { ...content.outputs },
    run,
    finishedAt: finishedAt.toISOString(),
  };
  return parseRecord(recordText(record), `leg ${record.leg}`);
}

import * as z from 'zod/mini';
import { MatrixError } from './error.ts';
import { type LegRecord, legRecordSchema } from './record.ts';

export const recordsSchemaName = 'oci-matrix/records/v1';

/** All legs of one group: what aggregate-outputs writes and update-index reads. */
export const recordsSchema = z.object({
  schema: z.literal(recordsSchemaName),
  group: z.string().check(z.minLength(1)),
  complete: z.boolean(),
  missing: z.array(z.string()),
  keepPrevious: z.optional(z.array(z.string().check(z.minLength(1))).check(z.maxLength(10_000))),
  records: z.array(legRecordSchema).check(z.maxLength(10_000)),
});

export interface Records {
  readonly schema: typeof recordsSchemaName;
  readonly group: string;
  /** False when a leg of the group is missing. */
  readonly complete: boolean;
  /** The legs that are missing, in words. */
  readonly missing: readonly string[];
  /**
   * There with `on-missing: keep-previous`: the ids of the missing legs, whose entries of the release before stay. Then every
   * entry says which leg it is of.
   */
  readonly keepPrevious?: readonly string[];
  /** Sorted by leg; one for each. */
  readonly records: readonly LegRecord[];
}

/** Reads the document that aggregate-outputs wrote. */
export function parseRecords(json: string, from: string): Records {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new MatrixError('RECORD_INVALID', `${from} is not JSON`);
  }
  const parsed = recordsSchema.safeParse(value);
  if (parsed.success) return parsed.data as Records;
  const [issue] = parsed.error.issues;
  throw new MatrixError(
    'RECORD_INVALID',
    `${from} is not what aggregate-outputs writes: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`,
  );
}

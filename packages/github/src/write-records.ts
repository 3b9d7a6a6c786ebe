import { canonicalText } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

/** Writes the records of a group where a later step finds them. */
export const writeRecords = (
  records: { readonly group: string },
  env: RunContext['env'],
): Promise<string> =>
  writeTemporary(`oci-matrix-records-${records.group}.json`, canonicalText(records), env);

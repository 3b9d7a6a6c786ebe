import { canonicalText, digestOf, encodedOf } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';
import { writeTemporary } from './write-temporary.ts';

/** Writes the records of a group where a later step finds them: in a file of its own for each group. */
export function writeRecords(
  records: { readonly group: string },
  env: RunContext['env'],
): Promise<string> {
  // A group may have characters that no file name has, and must not meet another there.
  const mark = encodedOf(digestOf(records.group)).slice(0, 8);
  const name = `oci-matrix-records-${records.group.slice(0, 100)}-${mark}.json`;
  return writeTemporary(name, canonicalText(records), env);
}

import { writeFile } from 'node:fs/promises';
import type { ActionEnvironment } from '@oci-matrix/testing';

/** Writes the document that aggregate-outputs would make of the legs that ran. */
export async function writeRecords(
  file: string,
  legs: readonly ActionEnvironment[],
): Promise<void> {
  const records: { readonly group?: string }[] = [];
  for (const leg of legs) {
    const { outputs } = await leg.words();
    records.push(JSON.parse(outputs.get('record') ?? '{}'));
  }
  const document = {
    schema: 'oci-matrix/records/v1',
    group: records[0]?.group,
    complete: true,
    missing: [],
    records,
  };
  await writeFile(file, JSON.stringify(document));
}

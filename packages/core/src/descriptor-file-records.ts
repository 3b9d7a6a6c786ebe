import path from 'node:path';
import pMap from 'p-map';
import type { CarriedRecord } from './carried-record.ts';
import { createRecord } from './create-record.ts';
import { readDescriptorFile } from './descriptor-file.ts';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import { recordText } from './record.ts';

export interface DescriptorFilesOptions {
  readonly files: readonly { readonly path: string }[];
  /** By default `default`. */
  readonly group: string | undefined;
  /** What must be there: files do not say how many there should be. */
  readonly expected: Expectation | undefined;
  /** The run that reads them. */
  readonly run: {
    readonly id: number;
    readonly number: number;
    readonly attempt: number;
    readonly job: string;
  };
}

/** Reads descriptor files as records, each of a leg with the file's name without `.json`. Throws `INPUT_INVALID` without an expectation. */
export async function recordsOfDescriptorFiles({
  files,
  group = 'default',
  expected,
  run: { id, number, attempt, job },
}: DescriptorFilesOptions): Promise<CarriedRecord[]> {
  const paths = files.map((file) => file.path);
  if (expected === undefined) throw unexpected(paths.length);
  refuseSameName(paths);
  const run = { id: String(id), number, attempt, job: job || 'descriptor-files' };
  const descriptors = await pMap(paths, readDescriptorFile, { concurrency: 16 });
  return descriptors.map((descriptor, index) => {
    const file = paths[index] ?? '';
    const leg = { group, leg: nameOf(file), index, total: paths.length, matrix: null, run };
    return { artifact: file, text: recordText(createRecord(leg, { descriptor }, new Date())) };
  });
}

const nameOf = (file: string): string => path.basename(file, '.json');

function refuseSameName(paths: readonly string[]): void {
  const shared = [...Map.groupBy(paths, nameOf)].find(([, files]) => files.length > 1);
  if (shared === undefined) return;
  throw new MatrixError(
    'LEG_DUPLICATE',
    `two descriptor files claim to be leg ${shared[0]}: ${shared[1].slice(0, 2).join(' and ')}`,
    { hint: 'Give each file a name of its own, or name fewer files.' },
  );
}

const unexpected = (count: number): MatrixError =>
  new MatrixError(
    'INPUT_INVALID',
    `there are ${count} descriptor files, and nothing says how many there must be`,
    {
      hint: 'Set "expect" to the number of legs, or to the names of their files without ".json".',
    },
  );

import { readFile } from 'node:fs/promises';
import {
  openClientFor,
  parseRecords,
  parseTags,
  type Records,
  updateIndex,
} from '@oci-matrix/core';
import {
  clientContext,
  InputError,
  type Inputs,
  indexResult,
  type Run,
  refuseUnfitMode,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image } = inputs;
  refuseUnfitMode(inputs);
  const tags = parseTags(inputs.tags, image);
  const records = await recordsOf(inputs);
  await using client = openClientFor({ ...inputs, ...clientContext(context) });

  const repository = client.repository(image, { writes: !inputs.dryRun });
  const updated = await updateIndex({
    ...inputs,
    expected: inputs.expect,
    repository,
    tags,
    records,
  });

  return {
    outputs: await indexResult({ ...updated, image }, context),
    summary: renderSummary(inputs, updated),
  };
};

async function recordsOf(inputs: Inputs<typeof contract>): Promise<Records | undefined> {
  const file = inputs.recordsFile;
  const given = [file, inputs.records].filter((value) => value !== undefined).length;
  const wanted = inputs.mode === 'remove' ? 0 : 1;
  if (given === wanted) {
    return file === undefined ? inputs.records : parseRecords(await readRecords(file), file);
  }
  throw new InputError([
    {
      input: 'records-file',
      reason:
        given === 0
          ? `mode ${inputs.mode} needs records`
          : `mode ${inputs.mode} has ${given} sources of records`,
      hint: 'Give records-file or records, as aggregate-outputs puts them out; for mode remove neither.',
    },
  ]);
}

const readRecords = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError([
      {
        input: 'records-file',
        reason: `${JSON.stringify(file)} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
        hint: 'Name the "records-file" output of aggregate-outputs; in another job, take its "records" output instead.',
      },
    ]);
  });

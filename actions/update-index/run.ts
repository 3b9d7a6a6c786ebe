import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import {
  openClientFor,
  parseRecords,
  parseTags,
  type Records,
  updateIndex,
} from '@oci-matrix/core';
import { clientLog, InputError, type Inputs, indexResult, type Run } from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { signal, log, env } = context;
  const { image } = inputs;
  const tags = parseTags(inputs.tags, image);
  const records = await recordsOf(inputs);
  await using client = openClientFor({
    ...inputs,
    env,
    home: homedir(),
    signal,
    onEvent: clientLog(log),
  });

  const repository = client.repository(image);
  const updated = await updateIndex({ ...inputs, repository, tags, records });

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
    return file === undefined ? inputs.records : parseRecords(await readFile(file, 'utf8'), file);
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

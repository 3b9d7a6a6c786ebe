import {
  aggregate,
  openClientFor,
  openTargets,
  openVerifierFor,
  parseRecords,
  publishedIndex,
  type Records,
  recordsOfDescriptorFiles,
  updateIndex,
} from '@oci-matrix/core';
import {
  clientContext,
  expandFiles,
  guardedRun,
  InputError,
  type Inputs,
  indexResult,
  type Run,
  type RunContext,
  readRecordsFile,
  refuseUnfitMode,
  verifierOptions,
  warnOfUpdate,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image } = inputs;
  refuseUnfitMode(inputs);
  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const targets = openTargets(client, inputs);
  const records = await recordsOf(inputs, context);
  const signer = await verifierOptions(inputs);
  const verifier = signer && (await openVerifierFor(signer));

  const updated = await updateIndex({
    ...inputs,
    ...targets,
    expected: inputs.expect,
    records,
    requireSignatures: inputs.requireSignatures ? { verifier } : undefined,
    guard: guardedRun(inputs.guard, context.run),
    concurrent: inputs.concurrent ? context.run : undefined,
    signal: context.signal,
  });
  const images = [{ image, tags: updated.tags }, ...updated.copies];
  warnOfUpdate(updated, images, context);
  const published = publishedIndex({ ...inputs, updated, images, records });

  return {
    outputs: await indexResult({ ...updated, published }, context),
    summary: renderSummary(published),
  };
};

async function recordsOf(
  inputs: Inputs<typeof contract>,
  context: RunContext,
): Promise<Records | undefined> {
  const file = inputs.recordsFile;
  const hasFiles = inputs.descriptorFiles.length > 0;
  const sources = [file, inputs.records, hasFiles || undefined];
  const given = sources.filter((value) => value !== undefined).length;
  const { mode, entries } = inputs;
  if (mode === 'remove' && entries.length > 0) throw unfitEntries;
  // Entries that are named by their digests need no leg.
  const wanted = mode === 'remove' || (given === 0 && entries.length > 0) ? 0 : 1;
  if (given === wanted) {
    if (hasFiles) return recordsOfFiles(inputs, context);
    return file === undefined ? inputs.records : parseRecords(await readRecordsFile(file), file);
  }
  throw new InputError([
    {
      input: 'records-file',
      reason:
        given === 0
          ? `mode ${inputs.mode} needs records`
          : `mode ${inputs.mode} has ${given} sources of records`,
      hint: 'Give records-file or records, as aggregate-outputs puts them out, or descriptor-files; for mode remove none of them.',
    },
  ]);
}

async function recordsOfFiles(
  { descriptorFiles, expect: expected, image: { repository: group } }: Inputs<typeof contract>,
  { run }: RunContext,
): Promise<Records> {
  const files = await expandFiles(descriptorFiles, process.cwd(), 'descriptor-files');
  const carried = await recordsOfDescriptorFiles({ files, group, expected, run });
  return aggregate({ group, expected, carried });
}

const unfitEntries = new InputError([
  {
    input: 'entries',
    reason: 'does nothing in mode remove',
    hint: 'Name in "remove" what to take out, and put entries in by a step of their own.',
  },
]);

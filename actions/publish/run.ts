import {
  aggregate,
  openClientFor,
  outputsByLeg,
  parseTags,
  type Records,
  refuseIncomplete,
  updateIndex,
} from '@oci-matrix/core';
import {
  clientContext,
  collectRecords,
  type Inputs,
  indexResult,
  type Run,
  type RunContext,
  refuseUnfitMode,
  writeRecords,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderIncomplete, renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image } = inputs;
  refuseUnfitMode(inputs);
  const tags = parseTags(inputs.tags, image);

  const records = inputs.mode === 'remove' ? undefined : await recordsOf(inputs, context);
  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const updated = await updateIndex({
    ...inputs,
    repository: client.repository(image, { writes: !inputs.dryRun }),
    tags,
    records,
  });

  return {
    outputs: {
      ...(await indexResult({ ...updated, image }, context)),
      recordsFile: records && (await writeRecords(records, context.env)),
      outputs: records && outputsByLeg(records),
      count: records?.records.length ?? 0,
    },
    summary: renderSummary(inputs, updated, records),
  };
};

async function recordsOf(inputs: Inputs<typeof contract>, context: RunContext): Promise<Records> {
  const { needs, expect } = inputs;
  const group = inputs.group ?? inputs.image.repository;
  const hasOthers = needs !== undefined && needs.records.length > 0;
  const records = aggregate({
    group,
    needs,
    expected: expect,
    carried: await collectRecords({ group, hasOthers }, context),
    onUnreadable: (error) => context.log.warning(error.message),
  });
  if (!records.complete) await context.summarise(renderIncomplete(inputs, records));
  refuseIncomplete(records, needs);
  context.log.info(`all ${records.records.length} legs of ${records.group} are there`);
  return records;
}

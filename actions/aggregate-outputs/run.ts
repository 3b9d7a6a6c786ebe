import {
  digestsByLeg,
  gatherRecords,
  mergeLayersMeta,
  outputsByLeg,
  type Records,
  refuseIncomplete,
} from '@oci-matrix/core';
import {
  collectRecords,
  expandFiles,
  fitsOutput,
  type Inputs,
  type Run,
  type RunContext,
  writeLayersMeta,
  writeLegOutputs,
  writeRecords,
} from '@oci-matrix/github';
import { canonicalText } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { log, env } = context;
  const records = await recordsOf(inputs, context);
  await context.summarise(renderSummary(records));
  // A partial document may lack everything: nothing publishes it.
  if (inputs.onMissing !== 'partial') refuseIncomplete(records, inputs.needs, inputs.onMissing);
  if (!records.complete) log.warning(`incomplete, missing: ${records.missing.join('; ')}`);

  const layers = mergeLayersMeta(records.records);
  const text = canonicalText(records);
  const outputs = outputsByLeg(records);
  writeLegOutputs(outputs, context);
  return {
    outputs: {
      recordsFile: await writeRecords(records, env),
      records: fitsOutput(text) ? text : undefined,
      outputs,
      digests: digestsByLeg(records),
      layersMetaFile: await writeLayersMeta(records, layers, context),
      count: records.records.length,
      missing: records.missing,
      complete: records.complete,
    },
  };
};

async function recordsOf(inputs: Inputs<typeof contract>, context: RunContext): Promise<Records> {
  const { needs, allowImages } = inputs;
  const hasOthers = needs !== undefined && needs.records.length > 0;
  return gatherRecords({
    ...inputs,
    expected: inputs.expect,
    allowed: allowImages.length > 0 ? allowImages : undefined,
    files: await expandFiles(inputs.descriptorFiles, process.cwd(), 'descriptor-files'),
    run: context.run,
    collect: (isComplete) => collectRecords({ ...inputs, hasOthers, isComplete }, context),
    onUnreadable: (error) => context.log.warning(error.message),
  });
}

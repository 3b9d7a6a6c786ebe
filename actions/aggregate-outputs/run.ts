import { aggregate, digestsByLeg, outputsByLeg, refuseIncomplete } from '@oci-matrix/core';
import { collectRecords, fitsOutput, type Run, writeRecords } from '@oci-matrix/github';
import { canonicalText } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { log, env } = context;
  const { group, needs } = inputs;
  const hasOthers = needs !== undefined && needs.records.length > 0;
  const records = aggregate({
    group,
    needs,
    expected: inputs.expect,
    carried: await collectRecords({ group, hasOthers }, context),
    onUnreadable: (error) => log.warning(error.message),
  });
  await context.summarise(renderSummary(records));
  if (inputs.onMissing === 'fail') refuseIncomplete(records, needs);
  if (!records.complete) log.warning(`incomplete, missing: ${records.missing.join('; ')}`);

  const text = canonicalText(records);
  return {
    outputs: {
      recordsFile: await writeRecords(records, env),
      records: fitsOutput(text) ? text : undefined,
      outputs: outputsByLeg(records),
      digests: digestsByLeg(records),
      count: records.records.length,
      missing: records.missing,
      complete: records.complete,
    },
  };
};

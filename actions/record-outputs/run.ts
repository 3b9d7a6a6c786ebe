import { createRecord } from '@oci-matrix/core';
import { deliverRecord, legIdentity, type Run } from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const identity = legIdentity(inputs, context, context.run.job);
  const record = createRecord(identity, { outputs: inputs.outputs }, new Date());
  return {
    outputs: { record: await deliverRecord(record, inputs.record, context) },
    summary: renderSummary(record),
  };
};

import {
  mergeLayersMeta,
  openClientFor,
  openTargets,
  outputsByLeg,
  publishedIndex,
  updateIndex,
} from '@oci-matrix/core';
import {
  clientContext,
  guardedRun,
  indexResult,
  type Run,
  refuseUnfitMode,
  signatureResult,
  warnOfUpdate,
  writeLayersMeta,
  writeLegOutputs,
  writeRecords,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { planOf } from './plan.ts';
import { openSigning } from './signing.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image } = inputs;
  refuseUnfitMode(inputs);
  const signing = await openSigning(inputs, context);
  const { tags, records, found } = await planOf(inputs, context);
  // Before anything is written: legs that contradict each other publish nothing.
  const layers = found && mergeLayersMeta(found.records);

  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const updated = await updateIndex({
    ...inputs,
    ...openTargets(client, { ...inputs, tags }),
    ...signing,
    records,
    guard: guardedRun(inputs.guard, context.run),
    concurrent: inputs.concurrent ? context.run : undefined,
    signal: context.signal,
  });
  const images = [{ image, tags: updated.tags }, ...updated.copies];
  warnOfUpdate(updated, images, context);
  const signatures = signing.signatures.flatMap(({ descriptor }) => descriptor?.digest ?? []);
  const published = publishedIndex({ ...inputs, updated, images, records, signatures });

  if (found?.complete === false) {
    const { missing } = found;
    context.log.warning(
      `published without ${missing.join('; ')}: on-missing is ${inputs.onMissing}`,
    );
  }
  const outputs = found && outputsByLeg(found);
  writeLegOutputs(outputs ?? {}, context);
  return {
    outputs: {
      ...(await indexResult({ ...updated, published }, context)),
      recordsFile: found && (await writeRecords(found, context.env)),
      outputs,
      layersMetaFile: found && (await writeLayersMeta(found, layers, context)),
      count: found?.records.length ?? 0,
      missing: found?.missing,
      complete: found?.complete,
      ...(await signatureResult(signing.signatures, signing.publicKey, context)),
    },
    summary: renderSummary(published, found, signing),
  };
};

import {
  blobsFromFiles,
  countPushed,
  openClientFor,
  parseMountFrom,
  pushBlobs,
} from '@oci-matrix/core';
import { clientContext, expandFiles, type Run, uploadLog } from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const mountFrom = parseMountFrom(inputs.mountFrom, inputs.image);
  const files = await expandFiles(inputs.files, process.cwd());
  const blobs = await blobsFromFiles({ ...inputs, files });
  await using client = openClientFor({ ...inputs, ...clientContext(context) });

  const pushed = inputs.dryRun
    ? []
    : await pushBlobs({
        repository: client.repository(inputs.image, { writes: true }),
        blobs,
        mountFrom,
        concurrency: inputs.concurrency,
        onPushed: uploadLog(context.log, blobs.length),
      });

  const descriptors = blobs.map(({ descriptor }) => descriptor);
  return {
    outputs: { descriptors, ...countPushed(pushed) },
    summary: renderSummary(inputs, descriptors, pushed),
  };
};

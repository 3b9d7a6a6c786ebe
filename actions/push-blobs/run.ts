import { homedir } from 'node:os';
import { blobsFromFiles, countPushed, openClientFor, pushBlobs } from '@oci-matrix/core';
import { clientLog, expandFiles, type Run, uploadLog } from '@oci-matrix/github';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, { signal, log, env }) => {
  const files = await expandFiles(inputs.files, process.cwd());
  const blobs = await blobsFromFiles({ ...inputs, files });
  await using client = openClientFor({
    ...inputs,
    env,
    home: homedir(),
    signal,
    onEvent: clientLog(log),
  });

  const pushed = inputs.dryRun
    ? []
    : await pushBlobs({
        repository: client.repository(inputs.image),
        blobs,
        concurrency: inputs.concurrency,
        onPushed: uploadLog(log, blobs.length),
      });

  const descriptors = blobs.map(({ descriptor }) => descriptor);
  return {
    outputs: { descriptors, ...countPushed(pushed) },
    summary: renderSummary(inputs, descriptors, pushed),
  };
};

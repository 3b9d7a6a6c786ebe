import { openClientFor, parseTags, retag } from '@oci-matrix/core';
import { clientContext, type Run } from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { renderSummary } from './summary.ts';

export const run: Run<typeof contract> = async (inputs, context) => {
  const { image, source, dryRun } = inputs;
  const tags = parseTags(inputs.tags, image);
  await using client = openClientFor({ ...inputs, ...clientContext(context) });
  const repository = client.repository(image, { writes: !dryRun });

  const retagged = await retag({ repository, source, tags, dryRun });

  const { digest } = retagged.descriptor;
  return {
    outputs: {
      digest,
      references: [
        ...tags.map((tag) => formatReference({ ...image, tag })),
        formatReference({ ...image, digest }),
      ],
      changed: retagged.tags.some(({ moved }) => moved),
    },
    summary: renderSummary(inputs, retagged),
  };
};

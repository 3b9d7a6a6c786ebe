import { indexRows, type UpdatedIndex } from '@oci-matrix/core';
import { heading, type Inputs, indexSummary, renderMarkdown } from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

export const renderSummary = (
  { image, identity, dryRun }: Inputs<typeof contract>,
  updated: UpdatedIndex,
): string =>
  renderMarkdown(
    heading(`${formatReference(image)}${dryRun ? ' (dry run)' : ''}`),
    ...indexSummary({
      ...updated,
      ...updated.descriptor,
      dryRun,
      rows: indexRows(updated, identity),
    }),
  );

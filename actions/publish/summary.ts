import { indexRows, type Records, type UpdatedIndex } from '@oci-matrix/core';
import { heading, type Inputs, indexSummary, legSummary, renderMarkdown } from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

export const renderSummary = (
  { image, identity, dryRun }: Inputs<typeof contract>,
  updated: UpdatedIndex,
  records: Records | undefined,
): string =>
  renderMarkdown(
    heading(`${formatReference(image)}${dryRun ? ' (dry run)' : ''}`),
    ...indexSummary({
      ...updated,
      ...updated.descriptor,
      dryRun,
      rows: indexRows(updated, identity),
    }),
    ...(records === undefined ? [] : [legSummary(records.records, records.missing)]),
  );

/** Why nothing was published. */
export const renderIncomplete = (
  { image }: Inputs<typeof contract>,
  { records, missing }: Records,
): string =>
  renderMarkdown(heading(`${formatReference(image)}: not published`), legSummary(records, missing));

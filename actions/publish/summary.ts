import type { Published, Records } from '@oci-matrix/core';
import {
  heading,
  type Inputs,
  indexSummary,
  legSummary,
  publishedTitle,
  renderMarkdown,
  signatureSummary,
} from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import type { Signing } from './signing.ts';

export const renderSummary = (
  published: Published,
  records: Records | undefined,
  { signatures, publicKey }: Signing,
): string =>
  renderMarkdown(
    publishedTitle(published),
    ...indexSummary(published),
    ...signatureSummary(signatures, publicKey),
    ...(records === undefined ? [] : [legSummary(records.records, records.missing)]),
  );

/** Why nothing was published. */
export const renderIncomplete = (
  { image }: Inputs<typeof contract>,
  { records, missing }: Records,
): string =>
  renderMarkdown(heading(`${formatReference(image)}: not published`), legSummary(records, missing));

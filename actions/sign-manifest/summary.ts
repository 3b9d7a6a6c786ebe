import type { ToldSignature } from '@oci-matrix/core';
import { heading, type Inputs, renderMarkdown, signatureSummary } from '@oci-matrix/github';
import { formatReference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

export const renderSummary = (
  { image, dryRun }: Inputs<typeof contract>,
  signatures: readonly ToldSignature[],
  publicKey: string | undefined,
): string =>
  renderMarkdown(
    heading(`${formatReference(image)}${dryRun ? ' (dry run)' : ''}`),
    ...signatureSummary(signatures, publicKey),
  );

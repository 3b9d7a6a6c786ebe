import { countPushed, type PushedBlob } from '@oci-matrix/core';
import { blobSummary, heading, line, renderMarkdown, text } from '@oci-matrix/github';
import type { Descriptor, RepositoryName } from '@oci-matrix/oci';

export function renderSummary(
  { image, dryRun }: { readonly image: RepositoryName; readonly dryRun: boolean },
  descriptors: readonly Descriptor[],
  pushed: readonly PushedBlob[],
): string {
  const where = `${image.registry}/${image.repository}`;
  return renderMarkdown(
    heading(dryRun ? `Blobs for ${where} (dry run)` : `Blobs of ${where}`),
    line(text(`${descriptors.length} files`)),
    blobSummary(descriptors, countPushed(pushed), dryRun),
  );
}

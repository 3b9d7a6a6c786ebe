import type { ImagePlan, PushedCount } from '@oci-matrix/core';
import {
  blobSummary,
  code,
  formatSize,
  heading,
  type Inputs,
  line,
  list,
  renderMarkdown,
} from '@oci-matrix/github';
import { formatPlatform } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

export interface PushSummary {
  readonly inputs: Inputs<typeof contract>;
  readonly plan: ImagePlan;
  readonly reference: string;
  readonly tags: readonly string[];
  readonly counts: PushedCount;
  readonly leg: string;
}

export function renderSummary({ inputs, plan, reference, tags, counts, leg }: PushSummary): string {
  const { platform, artifactType, size } = plan.root;
  const blobs = [...plan.blobs.map(({ descriptor }) => descriptor), ...plan.present];
  return renderMarkdown(
    heading(`${leg}${inputs.dryRun ? ' (dry run)' : ''}`),
    list([
      code(reference),
      ...tags.map((tag) => line('tag ', code(tag))),
      line(
        platform === undefined ? 'no platform' : formatPlatform(platform),
        `, ${artifactType ?? 'container image'}, manifest of ${formatSize(size)}`,
      ),
    ]),
    blobSummary(blobs, counts, inputs.dryRun),
  );
}

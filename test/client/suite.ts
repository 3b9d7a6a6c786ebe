import { describe } from 'vitest';
import { accessCases } from './access.ts';
import { blobCases } from './blobs.ts';
import { copyCases } from './copies.ts';
import { deleteCases } from './deletes.ts';
import { imageCases } from './images.ts';
import { indexCases } from './indexes.ts';
import { manifestCases, refusalCases } from './manifests.ts';
import { mountCases } from './mounts.ts';
import { referrerCases } from './referrers.ts';
import { tagCases } from './tags.ts';
import type { Target } from './target.ts';
import { uploadCases } from './uploads.ts';

const topics: Readonly<Record<string, (target: Target) => void>> = {
  blobs: blobCases,
  uploads: uploadCases,
  mounts: mountCases,
  copies: copyCases,
  manifests: manifestCases,
  refusals: refusalCases,
  tags: tagCases,
  referrers: referrerCases,
  deletes: deleteCases,
  access: accessCases,
  images: imageCases,
  indexes: indexCases,
};

/** Registers what the client promises, for a registry that runs: each case has repositories of its own. */
export function clientSuite(name: string, target: Target): void {
  describe(name, () => {
    for (const [topic, register] of Object.entries(topics)) {
      describe(topic, () => register(target));
    }
  });
}

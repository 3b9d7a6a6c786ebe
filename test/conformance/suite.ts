import { describe } from 'vitest';
import { blobCases } from './blobs.ts';
import { chunkCases } from './chunks.ts';
import { deleteCases } from './deletes.ts';
import { digestCases } from './digests.ts';
import { documentCases } from './documents.ts';
import { errorCases } from './errors.ts';
import { indexCases } from './indexes.ts';
import { manifestCases } from './manifests.ts';
import { mountCases } from './mounts.ts';
import { multiTagCases } from './multi-tag.ts';
import { rangeCases } from './ranges.ts';
import { referrerCases } from './referrers.ts';
import { subjectCases } from './subjects.ts';
import { tagCases } from './tags.ts';
import type { Target } from './target.ts';
import { uploadCases } from './uploads.ts';

const topics: Readonly<Record<string, (target: Target) => void>> = {
  blobs: blobCases,
  uploads: uploadCases,
  chunks: chunkCases,
  mounts: mountCases,
  digests: digestCases,
  manifests: manifestCases,
  documents: documentCases,
  indexes: indexCases,
  subjects: subjectCases,
  referrers: referrerCases,
  tags: tagCases,
  'several tags at once': multiTagCases,
  deletes: deleteCases,
  ranges: rangeCases,
  errors: errorCases,
};

/**
 * Registers the cases of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md, and those of its main
 * branch that say so, for a registry that runs. They speak HTTP and nothing else, in repositories of their own.
 */
export function conformance(name: string, target: Target): void {
  describe(`${name}, ${target.algorithm}`, () => {
    for (const [topic, register] of Object.entries(topics)) {
      describe(topic, () => register(target));
    }
  });
}

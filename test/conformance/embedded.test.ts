import { startRegistry } from '@oci-matrix/testing';
import { afterAll } from 'vitest';
import { conformance } from './suite.ts';
import { everything } from './target.ts';

const algorithms = ['sha256', 'sha512'] as const;

// Tests are registered before any runs, so a registry they share cannot be a variable of one.
// The first is what `npm run registry` serves.
const plain = await startRegistry({ capabilities: { anonymousMount: true } });
const distributed = await startRegistry({
  capabilities: {
    anonymousMount: true,
    chunkMin: 2000,
    externalUploads: true,
    pageSize: 2,
    redirectBlobs: true,
    relativeLocation: true,
    singlePost: false,
  },
});
const modest = await startRegistry({
  capabilities: { delete: false, mount: false, multiTag: false, referrers: false },
});
afterAll(async () => {
  await Promise.all([plain, distributed, modest].map((registry) => registry.close()));
});

for (const algorithm of algorithms) {
  conformance('the embedded registry', {
    url: plain.url,
    algorithm,
    claims: everything,
  });

  conformance('the embedded registry with its content on another server', {
    url: distributed.url,
    algorithm,
    claims: { ...everything, singlePost: false },
  });

  conformance('the embedded registry without what is optional', {
    url: modest.url,
    algorithm,
    claims: {
      ...everything,
      anonymousMount: false,
      deleteBlobs: false,
      deleteManifests: false,
      deleteTags: false,
      mount: false,
      multiTag: false,
      referrers: false,
    },
  });
}

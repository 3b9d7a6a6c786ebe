import type { Repository } from '@oci-matrix/distribution';
import { holds } from './blob-kinds.ts';
import { blobOf } from './content.ts';
import { judge, type Kind } from './kind.ts';

// The 5 MiB of a usual chunk, halved twice: what the client comes to where no more passes.
const chunkSize = 1.25 * 1024 * 1024;
// A part of a chunk that arrives before it breaks off does not change how many more there are.
const threeChunks = blobOf(3 * chunkSize);
const tooLarge = blobOf(chunkSize + 1);

/** Finds out how much the registry takes at a time. */
async function learnLimit({ blobs }: Repository): Promise<void> {
  await blobs.push(tooLarge.descriptor, tooLarge.source);
}

const patchChunk: Kind = {
  method: 'PATCH',
  path: /\/uploads\//,
  capabilities: { singlePost: false, bodyMax: chunkSize },
  before: learnLimit,
  async work({ blobs }) {
    return judge(await blobs.push(threeChunks.descriptor, threeChunks.source), 'uploaded');
  },
  isThere: holds(threeChunks),
};

const getStatus: Kind = {
  ...patchChunk,
  method: 'GET',
  async before(repository, registry) {
    await learnLimit(repository);
    // What makes a client ask.
    registry.fail('PATCH', /\/uploads\//, { reset: 'after', after: 1 });
  },
};

export const chunkKinds = {
  'PATCH chunk': patchChunk,
  'GET status': getStatus,
} as const;

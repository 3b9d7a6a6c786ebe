import { blobOf, type Content, repository } from './content.ts';
import { judge, type Kind } from './kind.ts';

const tiny = blobOf(1000);
const middling = blobOf(300 * 1024);
// More than the buffers of a connection hold: it is still being sent when an early answer comes.
const large = blobOf(8 * 1024 * 1024);

// No blob goes in a single request.
const sessions = { singlePost: false };

/** Whether the repository has all of a blob. */
export const holds =
  ({ bytes, descriptor }: Content): Required<Kind>['isThere'] =>
  (registry) =>
    Buffer.compare(registry.blob(repository, descriptor.digest) ?? new Uint8Array(), bytes) === 0;

const headBlob: Kind = {
  method: 'HEAD',
  path: /\/blobs\/sha256:/,
  seed: (registry) => void registry.seedBlob(repository, tiny.bytes),
  work: async ({ blobs }) => ((await blobs.exists(tiny.descriptor.digest)) ? 'done' : 'absent'),
};

const getBlob: Kind = {
  method: 'GET',
  path: /\/blobs\/sha256:/,
  seed: (registry) => void registry.seedBlob(repository, middling.bytes),
  async work({ blobs }) {
    const got = await Array.fromAsync(blobs.fetch(middling.descriptor));
    return judge(Buffer.compare(Buffer.concat(got), middling.bytes), 0);
  },
};

const postStart: Kind = {
  method: 'POST',
  path: /\/uploads\/$/,
  capabilities: sessions,
  async work({ blobs }) {
    return judge(await blobs.push(middling.descriptor, middling.source), 'uploaded');
  },
  isThere: holds(middling),
};

const postSingle: Kind = {
  method: 'POST',
  path: /\/uploads\/\?digest=/,
  async work({ blobs }) {
    return judge(await blobs.push(tiny.descriptor, tiny.source), 'uploaded');
  },
  isThere: holds(tiny),
};

const postMount: Kind = {
  method: 'POST',
  path: /\?mount=/,
  capabilities: sessions,
  seed: (registry) => void registry.seedBlob('octo/base', middling.bytes),
  async work({ blobs }) {
    await blobs.push(middling.descriptor, middling.source, { mountFrom: ['octo/base'] });
    return 'done';
  },
  isThere: holds(middling),
};

const putCommit: Kind = {
  method: 'PUT',
  path: /\/uploads\//,
  capabilities: sessions,
  async work({ blobs }) {
    return judge(await blobs.push(large.descriptor, large.source), 'uploaded');
  },
  isThere: holds(large),
};

export const blobKinds = {
  'HEAD blob': headBlob,
  'POST start': postStart,
  'POST single': postSingle,
  'POST mount': postMount,
  'PUT commit': putCommit,
  'GET blob': getBlob,
} as const;

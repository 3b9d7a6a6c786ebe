import { mediaTypes } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';
import { manifestOf, repository } from './content.ts';
import { judge, type Kind } from './kind.ts';

const old = manifestOf({ annotations: { version: 'old' } });
const next = manifestOf({ annotations: { version: 'new' } });
const artifactType = 'application/vnd.example.sbom';
const referrer = manifestOf({ subject: old.descriptor, artifactType });

function seedTags(registry: Registry, ...tags: readonly string[]): void {
  registry.seedBlob(repository, '{}');
  for (const tag of tags) registry.seedManifest(repository, old.bytes, { tag });
}

const headManifest: Kind = {
  method: 'HEAD',
  path: /\/manifests\//,
  seed: (registry) => seedTags(registry, 'v1'),
  work: async ({ manifests }) => judge(await manifests.resolve('v1'), old.descriptor),
};

const getManifest: Kind = {
  method: 'GET',
  path: /\/manifests\//,
  seed: (registry) => seedTags(registry, 'v1'),
  async work({ manifests }) {
    const fetched = await manifests.fetch('v1');
    return judge(fetched && [fetched.descriptor, Buffer.from(fetched.bytes)], [
      old.descriptor,
      Buffer.from(old.bytes),
    ]);
  },
};

const tagIs = (registry: Registry, digest: string): boolean =>
  registry.manifest(repository, 'v1')?.digest === digest;

const putManifest: Kind = {
  method: 'PUT',
  path: /\/manifests\//,
  seed: (registry) => seedTags(registry, 'v1'),
  async work({ manifests }) {
    const pushed = await manifests.push(next.bytes, mediaTypes.imageManifest, { tag: 'v1' });
    return judge(pushed, next.descriptor);
  },
  isThere: (registry) => tagIs(registry, next.descriptor.digest),
  isWhole: (registry) =>
    tagIs(registry, old.descriptor.digest) || tagIs(registry, next.descriptor.digest),
};

const listReferrers: Kind = {
  method: 'GET',
  path: /\/referrers\//,
  seed(registry) {
    seedTags(registry, 'v1');
    registry.seedManifest(repository, referrer.bytes);
  },
  async work({ referrers }) {
    const listed = await referrers.list(old.descriptor.digest);
    const right = { ...referrer.descriptor, artifactType };
    return judge(listed.length === 0 ? undefined : listed, [right]);
  },
};

const listTags: Kind = {
  method: 'GET',
  path: /\/tags\/list/,
  // Three tags are two requests.
  capabilities: { pageSize: 2 },
  seed: (registry) => seedTags(registry, 'a', 'b', 'c'),
  async work({ tags }) {
    const listed = await Array.fromAsync(tags.list());
    return judge(listed.length === 0 ? undefined : listed, ['a', 'b', 'c']);
  },
};

export const manifestKinds = {
  'HEAD manifest': headManifest,
  'GET manifest': getManifest,
  'PUT manifest': putManifest,
  referrers: listReferrers,
  tags: listTags,
} as const;

import { randomBytes } from 'node:crypto';
import {
  defaultIdentity,
  planArtifact,
  pushImage,
  resolveSubject,
  updateIndex,
} from '@oci-matrix/core';
import { staticCredentials } from '@oci-matrix/distribution';
import { digestOf, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { blobOf, imageFor, platformsOf, recordsOf } from './images.ts';
import { openRepository, publish } from './publish.ts';
import { login, startDockerRegistry } from './servers.ts';
import { testWith } from './test-with.ts';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
const riscv64 = { os: 'linux', architecture: 'riscv64' };

testWith(['docker-registry'], 'a blob of 8 MiB travels whole, there and back', async () => {
  await using registry = await startDockerRegistry();
  await using app = openRepository(registry.host);
  const bytes = randomBytes(8 * 1024 * 1024);
  const { descriptor, source } = blobOf(bytes, mediaTypes.octetStream);

  const before = await app.repository.blobs.exists(descriptor.digest);
  const outcome = await app.repository.blobs.push(descriptor, source);

  const fetched = Buffer.concat(await Array.fromAsync(app.repository.blobs.fetch(descriptor)));
  expect([before, outcome]).toEqual([false, 'uploaded']);
  expect(await app.repository.blobs.exists(descriptor.digest)).toBe(true);
  expect(fetched.equals(bytes)).toBe(true);
});

testWith(['docker-registry'], 'a blob of another repository is mounted, not sent', async () => {
  await using registry = await startDockerRegistry();
  await using base = openRepository(registry.host, 'acme/base');
  await using app = openRepository(registry.host);
  const { descriptor, source } = blobOf(randomBytes(4096), mediaTypes.octetStream);
  await base.repository.blobs.push(descriptor, source);

  const outcome = await app.repository.blobs.push(descriptor, source, { mountFrom: ['acme/base'] });

  expect(outcome).toBe('mounted');
  expect(app.requests()).toEqual({ 'blob-mount': 1 });
  expect(await app.repository.blobs.exists(descriptor.digest)).toBe(true);
});

testWith(['docker-registry'], 'a manifest is at its digest and at its tags, as sent', async () => {
  await using registry = await startDockerRegistry();
  await using app = openRepository(registry.host);
  const plan = imageFor(amd64);

  const absent = await app.repository.manifests.fetch('1.0');
  await pushImage({ repository: app.repository, plan, tags: ['1.0', '1'] });

  const { manifests, tags } = app.repository;
  const [pushed] = plan.manifests;
  expect(absent).toBeUndefined();
  expect((await Array.fromAsync(tags.list())).sort()).toEqual(['1', '1.0']);
  expect(await manifests.resolve('1')).toMatchObject({ digest: plan.root.digest });
  for (const name of [plan.root.digest, '1.0']) {
    const fetched = await manifests.fetch(name);
    expect(text(fetched?.bytes)).toBe(text(pushed?.bytes));
  }
});

testWith(
  ['docker-registry'],
  'a referrer is found, by the tag that stands in for the API',
  async () => {
    await using registry = await startDockerRegistry();
    await using app = openRepository(registry.host);
    const { repository } = app;
    const { root } = imageFor(amd64);
    await pushImage({ repository, plan: imageFor(amd64), tags: ['1.0'] });
    const subject = await resolveSubject(repository, '1.0');
    const types = ['application/vnd.acme.sbom', 'application/vnd.acme.scan'];
    const referrers = types.map((artifactType) =>
      planArtifact({ blobs: [], present: [emptyDescriptor], artifactType, subject }),
    );
    await pushImage({ repository, plan: planArtifact({ blobs: [], present: [] }) });

    for (const plan of referrers) await pushImage({ repository, plan });

    const listed = await repository.referrers.list(root.digest);
    const fallback = await repository.manifests.fetch(root.digest.replace(':', '-'));
    const scans = await repository.referrers.list(root.digest, { artifactType: types[1] ?? '' });
    expect(listed.map(({ digest }) => digest)).toEqual(referrers.map((plan) => plan.root.digest));
    expect(fallback?.manifest.kind).toBe('index');
    expect(scans.map(({ artifactType }) => artifactType)).toEqual(['application/vnd.acme.scan']);
  },
);

testWith(['docker-registry'], 'an index of three platforms is published once', async () => {
  await using registry = await startDockerRegistry();
  await using first = openRepository(registry.host);
  await using second = openRepository(registry.host);
  const plans = [amd64, arm64, riscv64].map((platform) => imageFor(platform));

  const published = await publish(first, plans, ['1.0', 'latest']);
  const again = await publish(second, [...plans].reverse(), ['1.0', 'latest']);

  const stored = await first.repository.manifests.fetch('latest');
  expect(platformsOf(published.entries)).toEqual(['linux/amd64', 'linux/arm64', 'linux/riscv64']);
  expect(stored?.descriptor.digest).toBe(published.descriptor.digest);
  expect(digestOf(stored?.bytes ?? new Uint8Array())).toBe(published.descriptor.digest);
  expect(again).toMatchObject({ changed: false, descriptor: published.descriptor });
  expect(again.tags.map(({ moved }) => moved)).toEqual([false, false]);
  expect(Object.keys(second.requests()).sort()).toEqual(['manifest-fetch', 'manifest-resolve']);
});

testWith(['docker-registry'], 'an update of the index alone writes nothing twice', async () => {
  await using registry = await startDockerRegistry();
  await using first = openRepository(registry.host);
  await using second = openRepository(registry.host);
  const { repository } = second;
  const records = recordsOf([imageFor(amd64), imageFor(arm64)], first.image);
  await publish(first, [imageFor(amd64), imageFor(arm64)]);

  await updateIndex({
    ...{ repository, records, tags: ['latest'], mode: 'merge', identity: defaultIdentity },
  });

  expect(second.requests()).toEqual({ 'manifest-fetch': 1 });
});

testWith(
  ['docker-registry'],
  'a new build replaces its own entry and keeps the others',
  async () => {
    await using registry = await startDockerRegistry();
    await using app = openRepository(registry.host);
    await publish(app, [imageFor(amd64), imageFor(arm64)]);

    const updated = await publish(app, [imageFor(arm64, 2)]);

    expect(updated.changes.map(({ outcome }) => outcome).sort()).toEqual(['kept', 'replaced']);
    expect(updated.entries.map(({ digest }) => digest)).toEqual([
      imageFor(amd64).root.digest,
      imageFor(arm64, 2).root.digest,
    ]);
  },
);

testWith(
  ['docker-registry'],
  'a login by basic auth is used, and a wrong one refused',
  async () => {
    await using registry = await startDockerRegistry({ auth: 'basic' });
    const as = (password: string) => ({
      credentials: staticCredentials({
        registry: registry.host,
        credential: { username: login.username, password },
      }),
    });
    await using octo = openRepository(registry.host, 'acme/app', as(login.password));
    await using stranger = openRepository(registry.host, 'acme/app', as('wrong'));
    await using nobody = openRepository(registry.host);

    const published = await publish(octo, [imageFor(amd64), imageFor(arm64)]);

    expect(published.changed).toBe(true);
    await expect(stranger.repository.manifests.resolve('latest')).rejects.toThrow('401');
    await expect(nobody.repository.manifests.resolve('latest')).rejects.toThrow();
  },
);

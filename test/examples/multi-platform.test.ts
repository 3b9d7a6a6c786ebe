import { parsePlatform, selectByPlatform } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { manifestAt, publishedAt, writesTo } from '../flows/kit/published.ts';
import { repository } from '../flows/kit/run.ts';
import { released, runExample } from './run-example.ts';

const annotations = {
  'org.opencontainers.image.created': '2026-01-02T03:04:05Z',
  'org.opencontainers.image.revision': 'c0ffee',
  'org.opencontainers.image.title': 'app',
  'org.opencontainers.image.version': '1.2.3',
};

test('an index for three platforms is published under three tags, and a repeat writes nothing', async () => {
  await using registry = await startRegistry();
  await using run = await runExample(registry, 'multi-platform', released);
  const published = publishedAt(registry, repository, 'latest');
  registry.clearRequests();

  await using again = await runExample(registry, 'multi-platform', { ...released, seed: 3 });

  expect(registry.tags(repository)).toEqual(['1.2', '1.2.3', 'latest']);
  expect(publishedAt(registry, repository, '1.2.3')).toEqual(published);
  expect(publishedAt(registry, repository, '1.2')).toEqual(published);
  expect(published?.index.annotations).toEqual(annotations);
  expect(published?.index.manifests.map((entry) => entry.annotations)).toEqual([
    ...[annotations, annotations, annotations],
  ]);
  expect(run.job('publish').outputs).toEqual({ digest: published?.digest });
  expect(again.job('publish').outputs).toEqual({ digest: published?.digest });
  expect(writesTo(registry)).toEqual([]);
});

test('a runtime finds the image for its platform', async () => {
  await using registry = await startRegistry();
  await using run = await runExample(registry, 'multi-platform', released);

  const machines = [
    'linux/amd64',
    'linux/arm64',
    'linux/arm64/v8',
    'linux/arm/v7',
    'linux/riscv64',
  ];

  expect(run.conclusion).toBe('success');
  expect(machines.map((platform) => [platform, builtFor(registry, platform)])).toEqual([
    ['linux/amd64', 'linux/amd64'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/riscv64', undefined],
  ]);
});

/** The platform in the config of the image that a machine of some platform would run. */
function builtFor(registry: Registry, platform: string): string | undefined {
  const entries = publishedAt(registry, repository, '1.2.3')?.index.manifests ?? [];
  const entry = selectByPlatform(entries, parsePlatform(platform));
  if (entry === undefined) return undefined;
  const { config } = manifestAt(registry, repository, entry.digest);
  const text = new TextDecoder().decode(registry.blob(repository, config.digest));
  const { os, architecture, variant } = JSON.parse(text);
  return [os, architecture, variant].filter((part) => part !== undefined).join('/');
}

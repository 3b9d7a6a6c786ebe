import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from '../actions/act.ts';
import { refusalOf } from '../actions/refusal.ts';
import { version } from '../examples/garden-linux.ts';
import { pushBaseline, seedIndex } from './kit/baseline.ts';
import { repository } from './kit/publish.ts';
import { targetOf } from './kit/target.ts';

const retag = (registry: Registry, source: string, ...tags: string[]): Promise<ActionResult> => {
  const image = `${registry.host}/${repository}`;
  return act('retag', { with: { image, source, tags: tags.join('\n') } });
};

test('R6, A9: a source that is not there is an error, and leaves the tags as they were', async () => {
  await using registry = await startRegistry();
  const { entry } = pushBaseline(registry, repository, targetOf('kvm', 'amd64'));
  seedIndex(registry, repository, 'latest', [entry]);
  const before = registry.manifest(repository, 'latest');

  const refusal = refusalOf(await retag(registry, '9999.9', 'latest', 'new'), registry);

  expect(refusal.code).toBe('MANIFEST_UNKNOWN');
  expect(registry.manifest(repository, 'latest')).toEqual(before);
  expect(registry.tags(repository)).not.toContain('new');
});

test('A9, A16: the tags of an index or a manifest name its very bytes', async () => {
  await using registry = await startRegistry();
  const { entry, tag } = pushBaseline(registry, repository, targetOf('kvm', 'amd64'));
  seedIndex(registry, repository, version, [entry]);

  const index = await retag(registry, version, '1877', 'latest', 'rel-1877-latest');
  const manifest = await retag(registry, tag, 'kvm-latest');

  expect([index.exitCode, manifest.exitCode]).toEqual([0, 0]);
  for (const alias of ['1877', 'latest', 'rel-1877-latest']) {
    expect(registry.manifest(repository, alias)).toEqual(registry.manifest(repository, version));
  }
  expect(registry.manifest(repository, 'kvm-latest')).toEqual(registry.manifest(repository, tag));
});

import { elementSources, memberSources } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { seedContainerImages } from '../examples/container-images.ts';
import { entriesAt, publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

test('entries of another tool keep their bytes through a release and its successor', async () => {
  await using registry = await startRegistry();
  const foreign = seedContainerImages(registry, repository, 'v1');

  await using first = await runOn(registry, release());
  await using second = await runOn(registry, release({ content: 'newer' }));

  expect([first.conclusion, second.conclusion]).toEqual(['success', 'success']);
  const text = publishedAt(registry, repository, 'v1')?.text ?? '{}';
  const sources = elementSources(memberSources(text).get('manifests') ?? '[]');
  expect(sources.slice(0, 2)).toEqual(foreign);
  expect(sources).toHaveLength(6);
});

test('an index whose entries lack the media type, as old tools wrote them, is kept all the same', async () => {
  await using registry = await startRegistry();
  const foreign = seedContainerImages(registry, repository, 'seed');
  const bare = foreign.map((entry) => entry.replace(/,\s*"mediaType": "[^"]*"/, ''));
  registry.seedManifest(
    repository,
    `{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[${bare}]}`,
    { tag: 'v1' },
  );

  await using run = await runOn(registry, release());

  expect(run.annotations()).toEqual([]);
  const text = new TextDecoder().decode(registry.manifest(repository, 'v1')?.bytes);
  const sources = elementSources(memberSources(text).get('manifests') ?? '[]');
  expect(sources.slice(0, 2)).toEqual(bare);
});

test('a release into a registry that cannot be read leaves the tag alone', async () => {
  await using registry = await startRegistry();
  await using first = await runOn(registry, release());
  const before = publishedAt(registry, repository, 'v1');
  registry.fail('GET', /manifests\/v1/, { status: 403, message: 'not today', times: 99 });

  await using second = await runOn(registry, release({ content: 'newer' }));

  expect([first.conclusion, second.conclusion]).toEqual(['success', 'failure']);
  expect(second.job('publish').annotations).toMatchObject([{ level: 'error', title: 'DENIED' }]);
  expect(publishedAt(registry, repository, 'v1')).toEqual(before);
  expect(entriesAt(registry, repository, 'v1')).toHaveLength(4);
});

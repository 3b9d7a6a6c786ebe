import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { publishedAt, writesTo } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

test('a release that is repeated writes nothing, and gives the same digest', async () => {
  await using registry = await startRegistry();
  await using first = await runOn(registry, release());
  registry.clearRequests();

  await using second = await runOn(registry, release(), { seed: 2 });

  expect(second.conclusion).toBe('success');
  expect(writesTo(registry)).toEqual([]);
  expect(second.job('publish').outputs).toEqual(first.job('publish').outputs);
  const published = publishedAt(registry, repository, 'v1');
  expect(second.job('publish').outputs.digest).toBe(published?.digest);
  expect(second.job('publish').steps[0]?.outputs).toMatchObject({ changed: 'false', kept: '4' });
});

test('where tags are immutable a release can be repeated', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  await using first = await runOn(registry, release());
  const published = publishedAt(registry, repository, 'v1');

  await using second = await runOn(registry, release(), { seed: 2 });
  const again = await second.rerunAll();

  expect([first, second, again].map(({ conclusion }) => conclusion)).toEqual([
    ...['success', 'success', 'success'],
  ]);
  expect(publishedAt(registry, repository, 'v1')).toEqual(published);
});

test('where tags are immutable another release fails, and says so', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  await using first = await runOn(registry, release());
  const published = publishedAt(registry, repository, 'v1');

  await using second = await runOn(registry, release({ content: 'newer' }));

  expect(first.conclusion).toBe('success');
  expect(second.job('publish').annotations).toEqual([
    { level: 'error', title: 'TAG_IMMUTABLE', message: expect.stringContaining('v1') },
  ]);
  expect(publishedAt(registry, repository, 'v1')).toEqual(published);
});

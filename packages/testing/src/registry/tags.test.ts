import { expect, test } from 'vitest';
import type { Registry } from './registry.ts';
import { codesIn, locationIn, putManifestTo, sampleImage } from './sample.ts';
import { startRegistry } from './start-registry.ts';

function seedTags(registry: Registry, ...tags: string[]): void {
  for (const tag of tags) registry.seedManifest('acme/app', '{}', { tag });
}

test('tags come in lexical order, whatever their case', async () => {
  await using registry = await startRegistry();
  seedTags(registry, 'b', 'A', 'a', 'C', '1');

  const answer = await fetch(`${registry.url}/v2/acme/app/tags/list`);

  expect(await answer.json()).toEqual({ name: 'acme/app', tags: ['1', 'A', 'a', 'b', 'C'] });
});

test('pages follow each other by their links, and the last has none', async () => {
  await using registry = await startRegistry();
  seedTags(registry, 'a', 'b', 'c', 'd', 'e');

  const first = await fetch(`${registry.url}/v2/acme/app/tags/list?n=3`);
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
  const second = await fetch(new URL(next, first.url));

  expect(await first.json()).toMatchObject({ tags: ['a', 'b', 'c'] });
  expect(await second.json()).toMatchObject({ tags: ['d', 'e'] });
  expect(second.headers.get('link')).toBeNull();
});

test.each([
  ['n=0', [], false],
  ['n=5', ['a', 'b', 'c'], false],
  ['last=a', ['b', 'c'], false],
  ['last=a&n=1', ['b'], true],
  ['last=ab', ['b', 'c'], false],
  ['last=z', [], false],
])('a list with %s is %o', async (query, tags, isCut) => {
  await using registry = await startRegistry();
  seedTags(registry, 'a', 'b', 'c');

  const answer = await fetch(`${registry.url}/v2/acme/app/tags/list?${query}`);

  expect(await answer.json()).toMatchObject({ tags });
  expect(answer.headers.has('link')).toBe(isCut);
});

test('a registry may cut pages shorter than asked', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  seedTags(registry, 'a', 'b', 'c');

  const answer = await fetch(`${registry.url}/v2/acme/app/tags/list`);

  expect(await answer.json()).toMatchObject({ tags: ['a', 'b'] });
  expect(answer.headers.get('link')).toBe('</v2/acme/app/tags/list?n=2&last=b>; rel="next"');
});

test('a number of tags that is none is refused', async () => {
  await using registry = await startRegistry();
  seedTags(registry, 'a');

  const answer = await fetch(`${registry.url}/v2/acme/app/tags/list?n=many`);

  expect(answer.status).toBe(400);
});

test('a repository without tags has an empty list, and an unknown one has none', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/app', 'content');

  const empty = await fetch(`${registry.url}/v2/acme/app/tags/list`);
  const unknown = await fetch(`${registry.url}/v2/acme/other/tags/list`);

  expect(await empty.json()).toMatchObject({ tags: [] });
  expect(unknown.status).toBe(404);
  expect(await codesIn(unknown)).toEqual(['NAME_UNKNOWN']);
});

test('a stale list lacks a tag for a while after its PUT', async () => {
  await using registry = await startRegistry({ capabilities: { staleTagLists: 2000 } });
  seedTags(registry, 'old');
  const list = async () => (await fetch(`${registry.url}/v2/acme/app/tags/list`)).json();

  const pushed = await putManifestTo(
    registry,
    'acme/app/manifests/new',
    sampleImage(registry, 'acme/app'),
  );

  expect(await list()).toMatchObject({ tags: ['old'] });
  expect((await fetch(locationIn(pushed))).status).toBe(200);
  await expect.poll(list, { timeout: 20_000 }).toMatchObject({ tags: ['new', 'old'] });
});

import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Client, openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';
import { startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';

async function list(client: Client, registry: string): Promise<string[]> {
  return Array.fromAsync(client.repository({ registry, repository }).tags.list());
}

test('tags come from every page', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  await using client = openClient();
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const tag of names) registry.seedManifest(repository, artifact(), { tag });

  expect(await list(client, registry.host)).toEqual(names);
  expect(registry.requests()).toHaveLength(3);
});

test('a repository that is not there has no tags', async () => {
  await using registry = await startRegistry();
  await using client = openClient();

  expect(await list(client, registry.host)).toEqual([]);
});

test('a later page that is missing does not end the list', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  await using client = openClient();
  for (const tag of ['a', 'b', 'c']) registry.seedManifest(repository, artifact(), { tag });
  registry.fail('GET', /tags/, { after: 1, status: 404 });

  await expect(list(client, registry.host)).rejects.toMatchObject({ status: 404 });
});

test('without Link a full page is followed by its last tag', async () => {
  const tags = Array.from({ length: 1500 }, (_, i) => `t${10_000 + i}`);
  await using server = await startScript((request, response) => {
    const last = new URL(request.url ?? '', 'http://x').searchParams.get('last') ?? '';
    response.end(JSON.stringify({ tags: tags.filter((tag) => tag > last).slice(0, 1000) }));
  });
  await using client = openClient();

  expect(await list(client, server.host)).toEqual(tags);
});

test('an empty list may be null', async () => {
  await using server = await startScript((_, response) => void response.end('{"tags":null}'));
  await using client = openClient();

  expect(await list(client, server.host)).toEqual([]);
});

test('a registry whose pages go round in a circle does not keep us for ever', async () => {
  await using server = await startScript((request, response) => {
    response.setHeader('link', `<${request.url}>; rel="next"`);
    response.end('{"tags":["a"]}');
  });
  await using client = openClient();

  await expect(list(client, server.host)).rejects.toMatchObject({ code: 'PROTOCOL' });
  expect(server.requests).toHaveLength(1);
});

test('a page of HTML is no list of tags', async () => {
  await using server = await startScript((_, response) => void response.end('<html>Log in</html>'));
  await using client = openClient();

  await expect(list(client, server.host)).rejects.toMatchObject({ code: 'PROTOCOL' });
});

test('what cannot be a tag is left out', async () => {
  await using server = await startScript(
    (_, response) => void response.end('{"tags":["a","../b","c d",7]}'),
  );
  await using client = openClient();

  expect(await list(client, server.host)).toEqual(['a']);
});

import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Client, openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { type ScriptedServer, startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';
const small = Array.from({ length: 4 }, (_, at) => blobOf(`blob ${at}`));
const large = blobOf(noise(3_000_000));

/** A registry with the upload locations of distribution, which looks for what a repository mounts from itself. */
function startDistribution(): Promise<ScriptedServer> {
  const there = new Set<string>();
  let sessions = 0;
  return startScript((request, response) => {
    const url = new URL(request.url ?? '', 'http://registry');
    request.resume().on('end', () => {
      const { searchParams } = url;
      if (request.method === 'HEAD') {
        return void response
          .writeHead(there.has(url.pathname.split('/').at(-1) ?? '') ? 200 : 404)
          .end();
      }
      if (request.method === 'PUT') {
        there.add(searchParams.get('digest') ?? '');
        return void response.writeHead(201).end();
      }
      const mounts = there.has(searchParams.get('mount') ?? '');
      sessions += 1;
      const location = `/v2/octo/app/blobs/uploads/${sessions}?_state=${sessions}`;
      response.writeHead(mounts ? 201 : 202, { location }).end();
    });
  });
}

async function ensure(client: Client, host: string, blobs: readonly ReturnType<typeof blobOf>[]) {
  const opened = client.repository({ registry: host, repository });
  return Promise.all(
    blobs.map(({ descriptor, source }) =>
      opened.blobs.ensure(descriptor, source, { unasked: true }),
    ),
  );
}

const methods = ({ requests }: ScriptedServer) => requests.map(({ method }) => method).sort();

test('where a mount from the repository itself tells what is there, nothing else is asked', async () => {
  await using server = await startDistribution();
  await using client = openClient();

  const first = await ensure(client, server.host, [...small, large]);
  const travelled = methods(server);
  const again = await ensure(client, server.host, [...small, large]);

  expect(first).toEqual(Array(5).fill('uploaded'));
  expect(travelled).toEqual([...Array(5).fill('POST'), ...Array(5).fill('PUT')]);
  expect(again).toEqual(Array(5).fill('present'));
  expect(server.requests).toHaveLength(10 + 5);
});

test('where uploads tell nothing, each blob but the first is looked for', async () => {
  await using registry = await startRegistry({ capabilities: { singlePost: false } });
  await using client = openClient();

  await ensure(client, registry.host, small);
  registry.clearRequests();
  const again = await ensure(client, registry.host, small);

  expect(again).toEqual(Array(4).fill('present'));
  expect(registry.requests().map(({ method }) => method)).toEqual(Array(4).fill('HEAD'));
});

test('without leave a blob that is there is looked for and not sent, whatever the registry takes', async () => {
  await using registry = await startRegistry();
  const { descriptor, source } = blobOf('hello');
  registry.seedBlob(repository, 'hello');
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  expect(await blobs.ensure(descriptor, source)).toBe('present');

  expect(registry.requests().map(({ method }) => method)).toEqual(['HEAD']);
});

test('no more than 16 MiB are sent without a look', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const many = Array.from({ length: 10 }, (_, at) => blobOf(noise(2_000_000 + at)));

  await ensure(client, registry.host, [...small, ...many]);

  expect(registry.requests('HEAD')).toHaveLength(2);
  expect(registry.blobs(repository)).toHaveLength(14);
});

test('a blob that no other repository has is looked for before the session is used', async () => {
  await using registry = await startRegistry();
  registry.seedBlob(repository, 'hello');
  registry.seedBlob('octo/base', 'other');
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  const outcome = await blobs.ensure(descriptor, source, { mountFrom: ['octo/base'] });

  expect(outcome).toBe('present');
  expect(registry.requests().map(({ method }) => method)).toEqual(['POST', 'HEAD', 'DELETE']);
});

test('who is told 403 for a blob that is absent finds out by pushing it', async () => {
  await using registry = await startRegistry({ capabilities: { denyAbsent: true } });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  expect(await blobs.ensure(descriptor, source)).toBe('uploaded');
  expect(registry.requests('GET')).toEqual([]);
  await expect(blobs.exists(blobOf('absent').descriptor.digest)).rejects.toMatchObject({
    status: 403,
  });
});

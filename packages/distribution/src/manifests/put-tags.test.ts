import { mediaTypes } from '@oci-matrix/oci';
import { type Registry, type RegistryOptions, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';

const repository = 'octo/app';
const tags = ['1.0', '1', 'latest'];

async function startWithConfig(options: RegistryOptions = {}): Promise<Registry> {
  const registry = await startRegistry(options);
  registry.seedBlob(repository, '{}');
  return registry;
}

const open = (registry: Registry) => {
  const client = openClient({ retry: { attempts: 1 } });
  const { manifests } = client.repository({ registry: registry.host, repository });
  return {
    push: (text: string, at: readonly string[] = tags) =>
      manifests.push(artifact({ annotations: { text } }), mediaTypes.imageManifest, { tags: at }),
    [Symbol.asyncDispose]: () => client.close(),
  };
};

const digestsAt = (registry: Registry) =>
  new Set(tags.map((tag) => registry.manifest(repository, tag)?.digest));

test('several tags are one request', async () => {
  await using registry = await startWithConfig();
  await using repositories = open(registry);

  const { digest } = await repositories.push('one');

  expect(digestsAt(registry)).toEqual(new Set([digest]));
  expect(registry.requests()).toHaveLength(1);
});

test('a single tag is put as ever', async () => {
  await using registry = await startWithConfig();
  await using repositories = open(registry);

  await repositories.push('one', ['1.0', '1.0']);

  expect(registry.requests().map(({ path }) => path)).toEqual(['/v2/octo/app/manifests/1.0']);
});

test('a registry that ignores the query gets each tag, after the manifest, and is not asked again', async () => {
  await using registry = await startWithConfig({ capabilities: { multiTag: false } });
  await using repositories = open(registry);

  await repositories.push('one');
  const second = await repositories.push('two');

  expect(digestsAt(registry)).toEqual(new Set([second.digest]));
  const asked = registry.requests().map(({ path }) => path.replace(/.*manifests\//, ''));
  expect(asked.map((name) => name.replace(/sha256:\w+/, 'digest'))).toEqual([
    ...['digest?tag=1.0&tag=1&tag=latest', ...tags],
    ...['digest', ...tags],
  ]);
});

test('a tag that the answer does not name is put by itself', async () => {
  await using registry = await startWithConfig();
  registry.fail('PUT', /tag=/, { worked: true, headers: { 'oci-tag': '1.0, latest' } });
  await using repositories = open(registry);

  await repositories.push('one');

  expect(
    registry
      .requests()
      .slice(1)
      .map(({ path }) => path),
  ).toEqual(['/v2/octo/app/manifests/1']);
});

test.each([400, 404, 405, 414, 431])(
  'a query that is refused with %d is left away',
  async (status) => {
    await using registry = await startWithConfig();
    registry.fail('PUT', /tag=/, { status, times: 9 });
    await using repositories = open(registry);

    await repositories.push('one');
    const second = await repositories.push('two');

    expect(digestsAt(registry)).toEqual(new Set([second.digest]));
    expect(registry.requests('PUT', /tag=/)).toHaveLength(1);
    expect(registry.requests()).toHaveLength(2 * (1 + tags.length) + 1);
  },
);

test('no tag moves where the manifest is refused', async () => {
  await using registry = await startWithConfig();
  registry.fail('PUT', /manifests\/sha256:/, { status: 400, code: 'MANIFEST_INVALID', times: 9 });
  await using repositories = open(registry);

  await expect(repositories.push('one')).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });

  expect(registry.tags(repository)).toEqual([]);
});

test('a tag that may not move is the one that is named, and the query is not to blame', async () => {
  await using registry = await startWithConfig({ capabilities: { immutableTags: true } });
  await using repositories = open(registry);
  await repositories.push('one', ['1']);

  const failure = await repositories.push('two').catch((error) => error);
  await repositories.push('three', ['a', 'b']);

  expect(failure.url).toMatch(/manifests\/1$/);
  expect(registry.requests().at(-1)?.path).toMatch(/tag=a&tag=b$/);
});

test.each([401, 403])('%d is about who asks, and nothing else is tried', async (status) => {
  await using registry = await startWithConfig();
  registry.fail('PUT', /manifests/, { status, times: 9 });
  await using repositories = open(registry);

  await expect(repositories.push('one')).rejects.toThrow(/DENIED|credentials/);

  expect(registry.requests()).toHaveLength(1);
});

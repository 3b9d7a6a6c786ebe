import { request } from 'node:http';
import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn } from './sample.ts';
import { startRegistry } from './start-registry.ts';

test.each(['Acme/app', 'acme/-app', 'acme//app', 'a___b', 'a'.repeat(256), 'acme/app%22'])(
  'the repository name %s is refused',
  async (name) => {
    await using registry = await startRegistry();

    const answer = await fetch(`${registry.url}/v2/${name}/tags/list`);

    expect(answer.status).toBe(400);
    expect(await codesIn(answer)).toEqual(['NAME_INVALID']);
  },
);

test.each(['a', 'acme/blobs', 'acme/manifests/app', 'a.b/c__d/e---f', 'a'.repeat(255)])(
  'the repository name %s is taken',
  async (name) => {
    await using registry = await startRegistry();
    registry.seedManifest(name, '{}', { tag: 'v1' });

    const answer = await fetch(`${registry.url}/v2/${name}/tags/list`);

    expect(await answer.json()).toEqual({ name, tags: ['v1'] });
  },
);

test('an unknown path is not found, and a method out of place is refused', async () => {
  await using registry = await startRegistry();

  const unknown = await fetch(`${registry.url}/v2/acme/app/other`);
  const misplaced = await fetch(`${registry.url}/v2/acme/app/tags/list`, { method: 'PUT' });

  expect([unknown.status, misplaced.status]).toEqual([404, 405]);
  expect(await codesIn(misplaced)).toEqual(['UNSUPPORTED']);
});

test('a path that cannot be decoded is refused', async () => {
  await using registry = await startRegistry();
  const { port } = new URL(registry.url);

  const status = await new Promise((resolve) => {
    request({ port, path: '/v2/acme%zz/tags/list' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });

  expect(status).toBe(400);
});

test('a registry that makes no repositories takes pushes to those it has alone', async () => {
  await using registry = await startRegistry({
    capabilities: { createRepositories: false },
    repositories: ['acme/app'],
  });
  const start = (name: string) =>
    fetch(`${registry.url}/v2/${name}/blobs/uploads/`, { method: 'POST' });

  const [known, unknown] = [await start('acme/app'), await start('acme/other')];

  expect([known.status, unknown.status]).toEqual([202, 404]);
  expect(await codesIn(unknown)).toEqual(['NAME_UNKNOWN']);
  expect(registry.repositories()).toEqual(['acme/app']);
});

test('a registry may say of what is not there that it is forbidden', async () => {
  await using registry = await startRegistry({
    capabilities: { denyAbsent: true },
    repositories: ['acme/app'],
  });
  const digest = digestOf('content');
  const paths = [
    'acme/app/manifests/v1',
    `acme/app/manifests/${digest}`,
    `acme/app/blobs/${digest}`,
    'acme/other/tags/list',
  ];

  const answers = await Promise.all(paths.map((path) => fetch(`${registry.url}/v2/${path}`)));

  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await Promise.all(answers.map(codesIn))).toEqual(Array(4).fill(['DENIED']));
});

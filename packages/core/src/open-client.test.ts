import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClientFor } from './open-client.ts';

const auth = { kind: 'basic', username: 'octo', password: 'secret' } as const;
const nowhere = { env: { DOCKER_CONFIG: '/nonexistent' }, home: '/nonexistent' };

async function tagsWith(host: string, options: object): Promise<unknown> {
  const image = { registry: host, repository: 'octo/app' };
  await using client = openClientFor({ image, ...nowhere, ...options });
  return await client
    .repository(image)
    .manifests.resolve('1')
    .then(
      () => 'allowed',
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );
}

test('the user name and password that were given are used', async () => {
  await using registry = await startRegistry({ auth });

  expect(await tagsWith(registry.host, { username: 'octo', password: 'secret' })).toBe('allowed');
});

test('else the login on this machine is', async () => {
  await using registry = await startRegistry({ auth });
  await using folder = await temporaryDirectory('docker');
  const login = Buffer.from('octo:secret').toString('base64');
  const config = { auths: { [registry.host]: { auth: login } } };
  await writeFile(path.join(folder.path, 'config.json'), JSON.stringify(config));

  expect(await tagsWith(registry.host, { env: { DOCKER_CONFIG: folder.path } })).toBe('allowed');
});

test('the token of GitHub goes to no other registry', async () => {
  await using registry = await startRegistry({ auth });

  expect(await tagsWith(registry.host, { token: 'secret' })).toBe('NO_CREDENTIALS');
  expect(registry.requests().every(({ authorization }) => authorization === false)).toBe(true);
});

test.each([
  [{ username: 'octo' }, 'username was given without password'],
  [{ password: 'secret' }, 'password was given without username'],
])('half a login is an error', (half, message) => {
  const image = { registry: 'ghcr.io', repository: 'octo/app' };

  expect(() => openClientFor({ image, ...nowhere, ...half })).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message }),
  );
});

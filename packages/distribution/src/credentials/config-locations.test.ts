import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Credentials } from './credential.ts';
import { dockerCredentials } from './docker-credentials.ts';

const home = '/home/octo';
const auth = (user: string): string => Buffer.from(`${user}:cat`).toString('base64');

const from = (files: Record<string, unknown>, env: Record<string, string> = {}): Credentials =>
  dockerCredentials({
    env,
    home,
    readFile: async (path) => (path in files ? JSON.stringify(files[path]) : undefined),
    runHelper: async () => undefined,
  });

const login = (user: string): object => ({ auths: { 'r.example.com': { auth: auth(user) } } });
const foundIn = async (find: Credentials): Promise<unknown> => find('r.example.com');

// From the last that is asked to the first.
const order = [
  ['the file of Docker before 1.7', '/home/octo/.dockercfg', {}],
  ['the folder of podman', '/home/octo/.config/containers/auth.json', {}],
  ['the folder of podman elsewhere', '/cfg/containers/auth.json', { XDG_CONFIG_HOME: '/cfg' }],
  ['the runtime folder', '/run/containers/auth.json', { XDG_RUNTIME_DIR: '/run' }],
  ['a file that is named', '/named.json', { REGISTRY_AUTH_FILE: '/named.json' }],
  ['the folder of Docker', '/home/octo/.docker/config.json', {}],
  ['the folder of Docker elsewhere', '/docker/config.json', { DOCKER_CONFIG: '/docker' }],
] as const;

test.each(order)('a login in %s is found', async (_, path, env) => {
  const file = path.endsWith('cfg') ? { 'r.example.com': { auth: auth('octo') } } : login('octo');

  expect(await foundIn(from({ [path]: file }, env))).toEqual({ username: 'octo', password: 'cat' });
});

test.each(order)('with a login in %s those after it do not count', async (_, path, env) => {
  const at = order.findIndex(([, each]) => each === path);
  const files = Object.fromEntries(
    order.slice(0, at + 1).map(([, each]) => [each, each.endsWith('cfg') ? {} : login(each)]),
  );
  files['/home/octo/.dockercfg'] = { 'r.example.com': { auth: auth('/home/octo/.dockercfg') } };

  expect(await foundIn(from(files, env))).toEqual({ username: path, password: 'cat' });
});

test('an entry that is broken is no matter of other registries', async () => {
  const file = {
    auths: { a: { auth: 'bm8gY29sb24=' }, 'r.example.com': { auth: auth('octo') } },
    credHelpers: { b: '../b' },
  };
  const find = from({ '/home/octo/.docker/config.json': file });

  expect(await foundIn(find)).toEqual({ username: 'octo', password: 'cat' });
  await expect(find('a')).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });
  await expect(find('b')).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });
});

test('a file that cannot be read is an error with its path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  const path = join(folder, 'config.json');
  await mkdir(path);
  const find = dockerCredentials({ env: { DOCKER_CONFIG: folder }, home: folder });

  const failure = await foundIn(find).catch((error) => error);
  await rm(folder, { recursive: true });

  expect(failure).toMatchObject({
    code: 'NO_CREDENTIALS',
    message: `${path} cannot be read: EISDIR`,
  });
});

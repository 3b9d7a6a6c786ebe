import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Credentials } from './credential.ts';
import { dockerCredentials } from './docker-credentials.ts';
import type { HelperResult } from './run-helper.ts';

const home = '/home/octo';
const config = '/home/octo/.docker/config.json';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const user = (name: string): { auth: string } => ({ auth: base64(`${name}:cat`) });
const credential = (username: string): object => ({ username, password: 'cat' });

/** Credentials from these files and helpers, and the questions that the helpers got. */
function from(
  files: Record<string, unknown>,
  helpers: Record<string, HelperResult> = {},
  env: Record<string, string> = {},
): { find: Credentials; asked: string[] } {
  const asked: string[] = [];
  const find = dockerCredentials({
    env,
    home,
    readFile: async (path) => {
      const file = files[path];
      return typeof file === 'string' || file === undefined ? file : JSON.stringify(file);
    },
    runHelper: async (name, server) => {
      asked.push(`${name} ${server}`);
      return helpers[name];
    },
  });
  return { find, asked };
}

test.each([
  ['auth', user('octo'), credential('octo')],
  [
    'a password with colons',
    { auth: base64('octo:c:a:t') },
    { username: 'octo', password: 'c:a:t' },
  ],
  ['NUL at its end', { auth: base64('octo:cat\0\0') }, credential('octo')],
  ['fields of their own', credential('octo'), credential('octo')],
  ['an identity token', { ...user('<token>'), identitytoken: 'it' }, { identityToken: 'it' }],
  ['a registry token', { registrytoken: 'rt' }, { registryToken: 'rt' }],
  ['nothing', {}, undefined],
])('an entry with %s', async (_, entry, expected) => {
  const { find } = from({ [config]: { auths: { 'r.example.com': entry } } });

  expect(await find('r.example.com')).toEqual(expected);
});

test.each([
  ['r.example.com', 'r.example.com', true],
  ['https://r.example.com', 'r.example.com', true],
  ['https://r.example.com/v1/', 'r.example.com', true],
  ['r.example.com:5000', 'r.example.com:5000', true],
  ['r.example.com', 'r.example.com:5000', false],
  ['r.example.com:5000', 'r.example.com', false],
  ['example.com', 'r.example.com', false],
  ['r.example.com', 'example.com', false],
  ['https://index.docker.io/v1/', 'docker.io', true],
  ['docker.io', 'docker.io', true],
  ['registry-1.docker.io', 'docker.io', true],
  ['evil-docker.io', 'docker.io', false],
  ['index.docker.io.example.com', 'docker.io', false],
  ['docker.io', 'index.docker.io.example.com', false],
])('the key %s is for %s: %s', async (key, registry, matches) => {
  const { find } = from({ [config]: { auths: { [key]: user('octo') } } });

  expect(await find(registry, 'octo/app')).toEqual(matches ? credential('octo') : undefined);
});

test('of keys with a part of the repository the longest counts', async () => {
  const { find } = from({
    '/home/octo/.config/containers/auth.json': {
      auths: { r: user('all'), 'r/octo': user('octo'), 'r/octo/app': user('app') },
    },
  });

  expect(await find('r', 'octo/app')).toEqual(credential('app'));
  expect(await find('r', 'octo/apple')).toEqual(credential('octo'));
  expect(await find('r', 'octopus')).toEqual(credential('all'));
});

test('files are read in the order of their tools, until one has an answer', async () => {
  const files = {
    '/d/config.json': { auths: { a: user('docker') } },
    '/r.json': { auths: { a: user('late'), b: user('given') } },
    '/x/containers/auth.json': { auths: { c: user('runtime') } },
    '/home/octo/.config/containers/auth.json': { auths: { d: user('home') } },
    [config]: { auths: { e: user('not asked: DOCKER_CONFIG is set') } },
  };
  const env = { DOCKER_CONFIG: '/d', REGISTRY_AUTH_FILE: '/r.json', XDG_RUNTIME_DIR: '/x' };
  const { find } = from(files, {}, env);

  expect(await Promise.all(['a', 'b', 'c', 'd', 'e'].map((registry) => find(registry)))).toEqual([
    ...['docker', 'given', 'runtime', 'home'].map(credential),
    undefined,
  ]);
});

test('a helper for the registry goes before the store, and that before the file', async () => {
  const file = {
    auths: { a: user('file'), b: user('file'), c: user('file') },
    credsStore: 'store',
    credHelpers: { a: 'own' },
  };
  const answer = (Username: string): HelperResult => ({
    exitCode: 0,
    stdout: JSON.stringify({ Username, Secret: 'cat', ServerURL: 'x' }),
  });
  const { find, asked } = from({ [config]: file }, { own: answer('own'), store: answer('store') });

  expect(await find('a')).toEqual(credential('own'));
  expect(await find('b')).toEqual(credential('store'));
  expect(asked).toEqual(['own a', 'store b']);
});

test('a helper knows Docker Hub by its old name, and a token by its user', async () => {
  const stdout = JSON.stringify({ Username: '<token>', Secret: 'it' });
  const { find, asked } = from(
    { [config]: { credsStore: 'store' } },
    { store: { exitCode: 0, stdout } },
  );

  expect(await find('docker.io')).toEqual({ identityToken: 'it' });
  expect(asked).toEqual(['store https://index.docker.io/v1/']);
});

test('what a store does not have, or a store that is not installed, leaves it to the file', async () => {
  const stdout = 'credentials not found in native keychain\n';
  const file = { auths: { a: user('file') }, credsStore: 'store' };
  const empty = from({ [config]: file }, { store: { exitCode: 1, stdout } });
  const missing = from({ [config]: file });

  expect(await empty.find('a')).toEqual(credential('file'));
  expect(await missing.find('a')).toEqual(credential('file'));
});

test.each([
  ['is not installed', undefined, 'docker-credential-own, named for a, is not installed'],
  [
    'fails',
    { exitCode: 2, stdout: 'no\u001b keychain' },
    'failed for a with status 2: no keychain',
  ],
  [
    'talks nonsense',
    { exitCode: 0, stdout: 'secret{' },
    'the answer of docker-credential-own is not JSON',
  ],
])('a helper that %s is an error', async (_, result, message) => {
  const { find } = from(
    { [config]: { credHelpers: { a: 'own' } } },
    result === undefined ? {} : { own: result },
  );

  await expect(find('a')).rejects.toMatchObject({
    code: 'NO_CREDENTIALS',
    message: expect.stringContaining(message),
  });
});

test.each([
  ['is not JSON', '{"auths": {"a": {"auth": "c2VjcmV0"}'],
  ['has no user name', { auths: { a: { auth: base64('secret') } } }],
  ['names a helper by its path', { credHelpers: { a: '../../bin/secret' } }],
])('a file that %s is an error without its content', async (_, file) => {
  const { find } = from({ [config]: file });

  const failure = await find('a').catch((error) => error);

  expect(failure).toMatchObject({ code: 'NO_CREDENTIALS' });
  expect(failure.message).toContain(config);
  expect(failure.message).not.toMatch(/secret|c2VjcmV0/);
});

test('a real helper in the PATH gets the server on its standard input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'credentials-'));
  const helper = join(folder, 'docker-credential-echo');
  await writeFile(
    helper,
    '#!/bin/sh\nread -r server\nprintf \'{"Username":"%s %s","Secret":"%s"}\' "$1" "$server" "$#"\n',
  );
  await chmod(helper, 0o755);
  await mkdir(join(folder, '.docker'));
  await writeFile(join(folder, '.docker', 'config.json'), '{"credsStore":"echo"}');
  const find = dockerCredentials({ env: { PATH: `${folder}:/usr/bin:/bin` }, home: folder });

  const found = await find('r.example.com:5000');
  await rm(folder, { recursive: true });

  expect(found).toEqual({ username: 'get r.example.com:5000', password: '1' });
});

test('without files there is nothing', async () => {
  const find = dockerCredentials({ env: {}, home: '/nowhere/at/all' });

  expect(await find('docker.io')).toBeUndefined();
});

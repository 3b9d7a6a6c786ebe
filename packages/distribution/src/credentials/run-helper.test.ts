import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Credential } from './credential.ts';
import { dockerCredentials } from './docker-credentials.ts';
import { createRunHelper } from './run-helper.ts';

/** Asks for the credential of a registry where this shell script is the helper. */
async function ask(
  script: string,
  { mode = 0o755, timeout = 5000 } = {},
): Promise<Credential | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'helper-'));
  try {
    const helper = join(folder, 'docker-credential-own');
    await writeFile(helper, `#!/bin/sh\n${script}\n`);
    await chmod(helper, mode);
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    const find = dockerCredentials({
      env,
      home: '/home/ada',
      readFile: async (path) =>
        path === '/home/ada/.docker/config.json' ? '{"credHelpers":{"r":"own"}}' : undefined,
      runHelper: createRunHelper(env, timeout),
    });
    return await find('r');
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a helper that does not read what it is given answers all the same', async () => {
  expect(await ask(`echo '{"Username":"ada","Secret":"s"}'`)).toEqual({
    username: 'ada',
    password: 's',
  });
});

test('a helper that has nothing for the registry leaves it without a user', async () => {
  expect(await ask('echo credentials not found in native keychain; exit 1')).toBeUndefined();
});

test.each([
  ['fails', 'echo the keychain is locked; exit 1', 'status 1: the keychain is locked'],
  ['prints garbage', 'echo secret', 'is not JSON'],
  ['prints the start of an answer', `printf '{"Username":"ada","Secret":"secr'`, 'is not JSON'],
  ['is killed', 'kill -9 $$', 'status null'],
  ['prints without end', 'exec yes secret', 'gave more than 1048576 bytes'],
])('a helper that %s is an error without what it said of a secret', async (_, script, message) => {
  const failure = await ask(script).catch((error) => error);

  expect(failure).toMatchObject({ name: 'AuthError', code: 'NO_CREDENTIALS' });
  expect(failure.message).toContain(message);
  expect(failure.message).not.toContain('secr');
});

const pipes = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;

test.each([
  ['itself', 'exec sleep 30'],
  ['in a program that it started', 'sleep 3'],
])('a helper that hangs %s is stopped', async (_, script) => {
  const start = performance.now();
  const before = pipes();

  const failure = await ask(script, { timeout: 200 }).catch((error) => error);

  expect(failure).toMatchObject({ name: 'AuthError', code: 'NO_CREDENTIALS' });
  expect(failure.message).toBe('docker-credential-own did not answer in 200 ms');
  expect(performance.now() - start).toBeLessThan(2500);
  // An open one would keep the process of the action from ending.
  await expect.poll(pipes, { timeout: 1000 }).toBeLessThanOrEqual(before);
});

test('a helper that may not be run is an error with the reason', async () => {
  await expect(ask('exit 0', { mode: 0o644 })).rejects.toMatchObject({
    code: 'NO_CREDENTIALS',
    message: 'docker-credential-own cannot be run: EACCES',
  });
});

import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type CommandSignerOptions, openCommandSigner } from './command-signer.ts';
import type { Signer } from './signer.ts';
import { type KeyKind, keyKinds, makeKey, subject } from './test-keys.ts';

const { digest } = subject;
const keys = new Map(keyKinds.map((kind) => [kind, makeKey(kind)]));
const keyOf = (kind: KeyKind) => keys.get(kind) ?? makeKey(kind);

const program = `
const { readFileSync } = require('node:fs');
const { sign } = require('node:crypto');
const { KEY: key, HASH: hash, ENCODING: dsaEncoding, AS: as } = process.env;
const options = dsaEncoding === undefined ? key : { key, dsaEncoding };
const signature = sign(hash === '' ? null : hash, readFileSync(0), options);
process.stdout.write(as === undefined ? signature : signature.toString(as) + '\\n');
`;
const command = '"$NODE" -e "$PROGRAM"';

/** The environment of a command that stands for a key management service. */
const service = (kind: KeyKind, env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  ...{ NODE: process.execPath, PROGRAM: program, KEY: keyOf(kind).pem },
  HASH: kind === 'Ed25519' ? '' : 'sha256',
  ...env,
});

const p256 = keyOf('P-256').publicPem;
const openWith = (options: Omit<CommandSignerOptions, 'publicKey'>): Signer =>
  openCommandSigner({ publicKey: p256, ...options });

test.each(keyKinds)('what a command signs with %s holds in either format', async (kind) => {
  const { publicPem } = keyOf(kind);

  const signer = openCommandSigner({ command, publicKey: publicPem, env: service(kind) });
  const [bundle, legacy] = [await signer.bundle(subject), await signer.legacy(subject)];

  await expect(signer.verifier.bundle(bundle, digest)).resolves.toBeUndefined();
  await expect(signer.verifier.legacy(legacy, digest)).resolves.toBeUndefined();
});

const base64 = { AS: 'base64' };
const azure = { ENCODING: 'ieee-p1363', AS: 'base64url' };

test.each<[string, KeyKind, Readonly<Record<string, string>>]>([
  ['base64 of RSA, as AWS prints it', 'RSA', base64],
  ['base64 of P-256', 'P-256', base64],
  ['the two numbers of P-256, as Azure prints them', 'P-256', azure],
  ['the two numbers of P-384', 'P-384', { ...azure, HASH: 'sha384' }],
  ['P-384 with SHA-384', 'P-384', { HASH: 'sha384' }],
  ['base64 of Ed25519', 'Ed25519', base64],
])('a command may print %s', async (_, kind, env) => {
  const { publicPem } = keyOf(kind);

  const signer = openCommandSigner({ command, publicKey: publicPem, env: service(kind, env) });
  const legacy = await signer.legacy(subject);

  await expect(signer.verifier.legacy(legacy, digest)).resolves.toBeUndefined();
});

const foreign =
  /^the command that signs printed \d+ bytes, which are no signature by ECDSA P-256 of the key sha256:/;

test.each<[string, string, NodeJS.ProcessEnv, RegExp]>([
  [
    'fails',
    'echo denied >&2; exit 3',
    {},
    /^the command that signs ended with exit status 3: denied$/,
  ],
  ['says much before', 'seq 9 >&2; exit 1', {}, /exit status 1: 5; 6; 7; 8; 9$/],
  ['fails in a pipe', 'false | echo x', {}, /ended with exit status 1$/],
  ['is killed', 'kill -TERM $$', {}, /ended with signal SIGTERM$/],
  ['is not there', 'no-such-program', {}, /exit status 127: .*no-such-program/],
  ['prints nothing', 'cat > /dev/null; echo why >&2', {}, /printed no signature: why$/],
  [
    'prints without end',
    'while :; do echo xxxxxxxxxxxxxxxx; done',
    {},
    /printed more than 65536 bytes$/,
  ],
  ['prints a word', 'echo signed', {}, foreign],
  ['has another key', command, { KEY: makeKey('P-256').pem }, foreign],
  ['has another hash', command, { HASH: 'sha512' }, foreign],
])('a command that %s is an error that says so', async (_, text, env, message) => {
  const signer = openWith({ command: text, env: { ...service('P-256'), ...env } });

  await expect(signer.bundle(subject)).rejects.toMatchObject({
    code: 'SIGN_COMMAND',
    message: expect.stringMatching(message),
  });
});

test('what it says on standard error is passed on by the line, without colours', async () => {
  const lines: string[] = [];
  const say = `printf 'one\\n\\033[31mtwo\\033[0m\\r\\nthr' >&2; printf 'ee' >&2; ${command}`;

  await openWith({
    ...{ command: say, env: service('P-256') },
    onLine: (line) => lines.push(line),
  }).legacy(subject);

  expect(lines).toEqual(['one', 'two', 'three']);
});

test('the inputs of the action, which have secrets, are not in its environment', async () => {
  process.env.INPUT_PASSWORD = 'hunter2';
  process.env.OF_THE_STEP = 'seen';
  const lines: string[] = [];

  const signing = openWith({ command: 'env >&2; exit 1', onLine: (line) => lines.push(line) })
    .legacy(subject)
    .catch(() => undefined);
  await signing;

  expect(lines).toContain('OF_THE_STEP=seen');
  expect(lines.filter((line) => line.includes('hunter2'))).toEqual([]);
});

/** Waits for the end of a process that is not ours to wait for. A dead one that nobody has buried yet is gone as well. */
async function isGone(pid: number): Promise<boolean> {
  for (let left = 100; left > 0; left -= 1) {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', `${pid}`], { encoding: 'utf8' });
    if (/^Z|^$/.test(stdout.trim())) return true;
    await delay(20);
  }
  return false;
}

const slow = 'sleep 300 & echo $! >&2; wait';

test('one that takes too long is ended, with what it started', async () => {
  const pids: number[] = [];
  const signer = openWith({
    ...{ command: slow, timeout: 500 },
    onLine: (line) => pids.push(Number(line)),
  });

  await expect(signer.legacy(subject)).rejects.toMatchObject({
    code: 'SIGN_COMMAND',
    message: 'the command that signs did not end in 500 ms',
  });

  expect(pids).toHaveLength(1);
  expect(await isGone(pids[0] ?? 0)).toBe(true);
});

test('a job that is cancelled ends it, for the reason of the signal', async () => {
  const controller = new AbortController();
  const pids: number[] = [];
  const onLine = (line: string): void => {
    pids.push(Number(line));
    controller.abort(new Error('cancelled'));
  };

  const signing = openWith({ command: slow, onLine }).legacy(subject, {
    signal: controller.signal,
  });

  await expect(signing).rejects.toThrow(/^cancelled$/);
  expect(await isGone(pids[0] ?? 0)).toBe(true);
});

const nowhere = { PATH: '/nowhere' };

test('without a shell there is no signature', async () => {
  await expect(openWith({ command, env: nowhere }).legacy(subject)).rejects.toMatchObject({
    code: 'SIGN_COMMAND',
    message: 'the command that signs cannot be started',
  });
});

test('a job that was cancelled before does not even look for one', async () => {
  const signal = AbortSignal.abort(new Error('cancelled'));

  const signing = openWith({ command, env: nowhere }).legacy(subject, { signal });

  await expect(signing).rejects.toThrow(/^cancelled$/);
});

test('what it leaves running is ended, and keeps nobody waiting', async () => {
  const pids: number[] = [];
  const left = `sleep 300 & echo $! >&2; ${command}`;

  const signer = openWith({
    ...{ command: left, env: service('P-256') },
    onLine: (line) => pids.push(Number(line)),
  });
  const legacy = await signer.legacy(subject);

  await expect(signer.verifier.legacy(legacy, digest)).resolves.toBeUndefined();
  expect(await isGone(pids[0] ?? 0)).toBe(true);
});

test('it may end before it has read what is to be signed', async () => {
  await expect(openWith({ command: 'exec 0<&-; exit 4' }).legacy(subject)).rejects.toThrow(
    /exit status 4$/,
  );
});

test('a public key that is none is refused before anything runs', () => {
  expect(() => openCommandSigner({ command, publicKey: 'awskms:///alias/acme' })).toThrow(
    expect.objectContaining({ code: 'KEY_INVALID', message: 'the public key is not PEM' }),
  );
});

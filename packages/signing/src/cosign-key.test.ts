import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { readPrivateKey } from './private-key.ts';
import { type SealOptions, sealAsCosign } from './test-cosign-key.ts';
import { makeKey } from './test-keys.ts';

const { privateKey, pem } = makeKey('P-256');
const password = 'correct horse';

const sealed = (options: Partial<SealOptions> = {}): string =>
  sealAsCosign(privateKey, { password, ...options });

test.each(['ENCRYPTED SIGSTORE PRIVATE KEY', 'ENCRYPTED COSIGN PRIVATE KEY'])(
  'a key of cosign of the label %s opens with its password',
  async (label) => {
    const key = await readPrivateKey({ key: sealed({ label }), password });

    expect(key.export({ type: 'pkcs8', format: 'pem' })).toBe(pem);
  },
);

test('a key that cosign encrypted with an empty password opens without one', async () => {
  const key = await readPrivateKey({ key: sealed({ password: '' }) });

  expect(key.export({ type: 'pkcs8', format: 'pem' })).toBe(pem);
});

test.each([
  ['another password', 'wrong', 'the password does not open the key'],
  ['no password', undefined, 'the key is encrypted, and there is no password for it'],
])('a key of cosign does not open with %s', async (_, given, message) => {
  await expect(readPrivateKey({ key: sealed(), password: given })).rejects.toMatchObject({
    ...{ code: 'KEY_PASSWORD', message },
  });
});

const mebibytes = 'goes through more than 256 MiB';

test.each<[string, Partial<SealOptions>, string]>([
  ['too much memory', { params: { N: 2 ** 22, r: 8, p: 1 } }, mebibytes],
  ['too much time', { params: { N: 2 ** 16, r: 8, p: 100 } }, mebibytes],
  ['wide blocks', { params: { N: 2, r: 2 ** 30, p: 1 } }, mebibytes],
  ['an N that is no power of two', { params: { N: 1000, r: 8, p: 1 } }, 'are not numbers'],
  ['an N of text', { params: { N: '1024', r: 8, p: 1 } }, 'are not numbers'],
  ['no p', { params: { N: 1024, r: 8 } }, 'are not numbers'],
  ['a negative r', { params: { N: 1024, r: -8, p: 1 } }, 'are not numbers'],
  [
    'another derivation',
    { kdf: { name: 'argon2' } },
    'its key derivation is "argon2", not "scrypt"',
  ],
  ['another cipher', { cipher: { name: 'aes' } }, 'its cipher is "aes", not "nacl/secretbox"'],
  ['a short nonce', { cipher: { nonce: 'AAAA' } }, 'its nonce has 3 bytes, not 24'],
])('a key of cosign with %s is refused before it is derived', async (_, options, part) => {
  await expect(readPrivateKey({ key: sealed(options), password })).rejects.toMatchObject({
    code: 'KEY_INVALID',
    message: expect.stringContaining(part),
  });
});

test('what is no JSON is refused, and not quoted', async () => {
  const label = 'ENCRYPTED SIGSTORE PRIVATE KEY';
  const content = Buffer.from('very secret').toString('base64');
  const key = `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----`;

  const error: unknown = await readPrivateKey({ key, password }).catch((reason) => reason);

  expect(error).toMatchObject({ code: 'KEY_INVALID' });
  expect(inspect(error, { depth: null })).not.toContain('secret');
});

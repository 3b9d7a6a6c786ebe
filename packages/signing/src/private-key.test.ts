import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { openKeySigner } from './key-signer.ts';
import { readPrivateKey } from './private-key.ts';
import { keyKinds, makeKey } from './test-keys.ts';

const password = 'correct horse';
const encryption = { cipher: 'aes-256-cbc', passphrase: password };
const p256 = makeKey('P-256');
const rsa = makeKey('RSA');

const exported = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1', options = {}): string =>
  key.export({ type, format: 'pem', ...options }).toString();

test.each([
  ['EC PRIVATE KEY', p256.privateKey, exported(p256.privateKey, 'sec1')],
  ['RSA PRIVATE KEY', rsa.privateKey, exported(rsa.privateKey, 'pkcs1')],
  ['PRIVATE KEY', p256.privateKey, p256.pem],
  ['ENCRYPTED PRIVATE KEY', rsa.privateKey, exported(rsa.privateKey, 'pkcs8', encryption)],
  ['4,ENCRYPTED', rsa.privateKey, exported(rsa.privateKey, 'pkcs1', encryption)],
  ['4,ENCRYPTED', p256.privateKey, exported(p256.privateKey, 'sec1', encryption)],
])('a key of PEM that says "%s" is read', async (words, privateKey, text) => {
  expect(text).toContain(words);

  const key = await readPrivateKey({ key: text, password });

  expect(key.equals(privateKey)).toBe(true);
});

test('a key whose headers YAML has indented is read', async () => {
  const text = exported(rsa.privateKey, 'pkcs1', encryption).replaceAll(/^/gm, '    ');

  const key = await readPrivateKey({ key: text, password });

  expect(key.equals(rsa.privateKey)).toBe(true);
});

test('the parameters of a curve may stand before its key', async () => {
  const parameters =
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';

  const key = await readPrivateKey({ key: parameters + exported(p256.privateKey, 'sec1') });

  expect(key.equals(p256.privateKey)).toBe(true);
});

const pkcs8 = exported(rsa.privateKey, 'pkcs8', encryption);
const pkcs1 = exported(rsa.privateKey, 'pkcs1', encryption);

test.each([
  ['PKCS#8', pkcs8, 'wrong', 'the password does not open the key'],
  ['PKCS#8', pkcs8, undefined, 'the key is encrypted, and there is no password for it'],
  ['PKCS#1', pkcs1, 'wrong', 'the password does not open the key'],
  ['PKCS#1', pkcs1, undefined, 'the key is encrypted, and there is no password for it'],
])(
  'an encrypted key of %s does not open with the password %3$s',
  async (_, key, given, message) => {
    await expect(readPrivateKey({ key, password: given })).rejects.toMatchObject({
      ...{ code: 'KEY_PASSWORD', message },
    });
  },
);

const madeOf = (curve: string): string =>
  exported(generateKeyPairSync('ec', { namedCurve: curve }).privateKey, 'pkcs8');
const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
const block = (label: string, content: string): string =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;

test.each([
  ['no PEM', 'hunter2', 'the key is not PEM'],
  ['nothing', '', 'the key is not PEM'],
  ['the path of a file', 'keys/cosign.key', 'the key is not PEM'],
  ['a public key', p256.publicPem, 'the key is PEM of the label "PUBLIC KEY"'],
  ['a certificate', block('CERTIFICATE', 'AAAA'), 'the key is PEM of the label "CERTIFICATE"'],
  [
    'a key of SSH',
    block('OPENSSH PRIVATE KEY', 'AAAA'),
    'the key is PEM of the label "OPENSSH PRIVATE KEY"',
  ],
  ['rubbish in PEM', block('PRIVATE KEY', 'aHVudGVyMg=='), 'the key cannot be read'],
  ['a text without an end', 'A'.repeat(100_000), 'the key has 100000 characters'],
  ['P-521', madeOf('P-521'), 'the key is ECDSA on secp521r1'],
  ["Bitcoin's curve", madeOf('secp256k1'), 'the key is ECDSA on secp256k1'],
  ['short RSA', exported(short, 'pkcs8'), 'the key is RSA of 1024 bits, at least 2048 are needed'],
  ['RSA-PSS', exported(pss, 'pkcs8'), 'the key is rsa-pss'],
  ['Ed448', exported(generateKeyPairSync('ed448').privateKey, 'pkcs8'), 'the key is ed448'],
  ['X25519', exported(generateKeyPairSync('x25519').privateKey, 'pkcs8'), 'the key is x25519'],
])('%s is refused and said to be what it is', async (_, key, message) => {
  await expect(openKeySigner({ key })).rejects.toMatchObject({ code: 'KEY_INVALID', message });
});

test.each(keyKinds)('no error about a broken key of %s quotes it', async (kind) => {
  const { pem } = makeKey(kind);
  const lines = pem.trim().split('\n');
  const half = Math.ceil(lines.length / 2);
  const broken = [...lines.slice(0, half - 1), 'AAAA', ...lines.slice(half)].join('\n');

  const error: unknown = await openKeySigner({ key: broken }).catch((reason) => reason);

  const told = inspect(error, { depth: null });
  expect(error).toMatchObject({ code: 'KEY_INVALID' });
  for (const line of lines.slice(1, -1)) expect(told).not.toContain(line.slice(0, 12));
});

import { sign, verify } from 'node:crypto';
import { digestOf } from '@oci-matrix/oci';
import { bundleFromJSON, isBundleWithDsseEnvelope } from '@sigstore/bundle';
import { expect, test } from 'vitest';
import { openKeySigner } from './key-signer.ts';
import { signatureAnnotation, simpleSigningPayload } from './simple-signing.ts';
import { keyKinds, makeKey, subject } from './test-keys.ts';

const keys = new Map(keyKinds.map((kind) => [kind, makeKey(kind)]));
const keyOf = (kind: (typeof keyKinds)[number]) => keys.get(kind) ?? makeKey(kind);
const jsonOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

test.each(keyKinds)('what %s signs in either format verifies with its public key', async (kind) => {
  const signer = await openKeySigner({ key: keyOf(kind).pem });

  const bundle = await signer.bundle(subject);
  const legacy = await signer.legacy(subject);

  await expect(signer.verifier.bundle(bundle, subject.digest)).resolves.toBeUndefined();
  await expect(signer.verifier.legacy(legacy, subject.digest)).resolves.toBeUndefined();
});

test.each(keyKinds)('who signs with %s is its public key', async (kind) => {
  const { pem, publicPem } = keyOf(kind);
  const der = Buffer.from(publicPem.split('\n').slice(1, -2).join(''), 'base64');

  const { signedBy, publicKey } = await openKeySigner({ key: pem });

  expect(signedBy).toEqual({ key: digestOf(der) });
  expect(publicKey).toBe(publicPem);
});

test.each([
  ['P-256', 'sha256'],
  ['P-384', 'sha256'],
  ['RSA', 'sha256'],
  ['Ed25519', null],
] as const)('%s signs the legacy payload itself, with the hash %s', async (kind, hash) => {
  const { pem, publicPem } = keyOf(kind);
  const signer = await openKeySigner({ key: pem });

  const { payload, annotations } = await signer.legacy(subject);

  const signature = Buffer.from(annotations[signatureAnnotation] ?? '', 'base64');
  expect(payload).toEqual(simpleSigningPayload(subject));
  expect(Object.keys(annotations)).toEqual([signatureAnnotation]);
  expect(verify(hash, payload, publicPem, signature)).toBe(true);
});

test('a bundle has what cosign writes, and no more', async () => {
  const { pem, privateKey } = keyOf('RSA');
  const signer = await openKeySigner({ key: pem });

  const bytes = await signer.bundle(subject);

  const payload = `{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"${'ab'.repeat(32)}"}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}`;
  const type = 'application/vnd.in-toto+json';
  const signed = `DSSEv1 ${type.length} ${type} ${payload.length} ${payload}`;
  const sig = sign('sha256', Buffer.from(signed), privateKey).toString('base64');
  const key = 'key' in signer.signedBy ? signer.signedBy.key : '';
  expect(jsonOf(bytes)).toEqual({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: Buffer.from(key.slice('sha256:'.length), 'hex').toString('base64') },
    },
    dsseEnvelope: {
      payload: Buffer.from(payload).toString('base64'),
      payloadType: type,
      signatures: [{ sig }],
    },
  });
  expect(isBundleWithDsseEnvelope(bundleFromJSON(jsonOf(bytes)))).toBe(true);
});

test.each(['RSA', 'Ed25519'] as const)(
  'signing again with %s gives the same bytes',
  async (kind) => {
    const { pem } = keyOf(kind);
    const [one, other] = await Promise.all([
      openKeySigner({ key: pem }),
      openKeySigner({ key: pem }),
    ]);

    expect(await one.bundle(subject)).toEqual(await other.bundle(subject));
    expect(await one.legacy(subject)).toEqual(await other.legacy(subject));
  },
);

import { constants, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyBundle } from './bundle.ts';
import { preAuthEncoding } from './dsse.ts';
import { parseDocument } from './json.ts';
import { openKeySigner } from './key-signer.ts';
import { verifierOfKey } from './key-verifier.ts';
import { signatureAnnotation, simpleSigningPayload } from './simple-signing.ts';
import { cosignStatement, statementPayloadType } from './statement.ts';
import { keyKinds, makeKey, subject } from './test-keys.ts';

const { digest } = subject;
const refused = { code: 'SIGNATURE_INVALID' };
const key = makeKey('P-256');
const verifier = verifierOfKey(key.publicPem);
const bytesOf = (document: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(document));

/** A byte string with one bit of it turned. */
const withOneBitTurned = (bytes: Uint8Array, at: number): Uint8Array =>
  Uint8Array.from(bytes, (byte, index) =>
    index === (at >> 3) % bytes.byteLength ? byte ^ (1 << (at & 7)) : byte,
  );

test.each(keyKinds)(
  'a bit turned in what %s signed, or in its signature, is seen',
  async (kind) => {
    const signer = await openKeySigner({ key: makeKey(kind).pem });
    const { payload, annotations } = await signer.legacy(subject);
    const signature = Buffer.from(annotations[signatureAnnotation] ?? '', 'base64');

    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), async (at, inPayload) => {
        const changed = withOneBitTurned(inPayload ? payload : signature, at);
        const text = Buffer.from(inPayload ? signature : changed).toString('base64');
        const legacy = {
          payload: inPayload ? changed : payload,
          annotations: { [signatureAnnotation]: text },
        };

        await expect(signer.verifier.legacy(legacy, digest)).rejects.toMatchObject(refused);
      }),
      { numRuns: 40 },
    );
  },
);

test.each(keyKinds)('a bit turned in the envelope of %s is seen', async (kind) => {
  const signer = await openKeySigner({ key: makeKey(kind).pem });
  const bundle = JSON.parse(new TextDecoder().decode(await signer.bundle(subject)));
  const { payload, signatures } = bundle.dsseEnvelope;
  const turned = (text: string, at: number): string =>
    Buffer.from(withOneBitTurned(Buffer.from(text, 'base64'), at)).toString('base64');

  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.boolean(), async (at, inPayload) => {
      const change = inPayload
        ? { payload: turned(payload, at) }
        : { signatures: [{ sig: turned(signatures[0].sig, at) }] };
      const changed = bytesOf({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, ...change } });

      await expect(signer.verifier.bundle(changed, digest)).rejects.toMatchObject(refused);
    }),
    { numRuns: 40 },
  );
});

test.each(keyKinds)('the signature of %s is of no other key and no other digest', async (kind) => {
  const signer = await openKeySigner({ key: makeKey(kind).pem });
  const stranger = verifierOfKey(makeKey(kind).publicPem);
  const [bundle, legacy] = [await signer.bundle(subject), await signer.legacy(subject)];
  const other = `sha256:${'cd'.repeat(32)}` as const;

  await expect(stranger.bundle(bundle, digest)).rejects.toMatchObject(refused);
  await expect(stranger.legacy(legacy, digest)).rejects.toMatchObject(refused);
  await expect(signer.verifier.bundle(bundle, other)).rejects.toThrow(`not of ${other}`);
  await expect(signer.verifier.legacy(legacy, other)).rejects.toThrow(`not of ${other}`);
});

test('P-384 with SHA-384, which cosign and cloud services make, holds as well', async () => {
  const { privateKey, publicPem } = makeKey('P-384');
  const statement = cosignStatement(subject);
  const payload = simpleSigningPayload(subject);
  const signed = sign('sha384', preAuthEncoding(statementPayloadType, statement), privateKey);
  const annotations = {
    [signatureAnnotation]: sign('sha384', payload, privateKey).toString('base64'),
  };

  const { bundle, legacy } = verifierOfKey(publicPem);

  await expect(bundle(keyBundle(statement, signed, 'x'), digest)).resolves.toBeUndefined();
  await expect(legacy({ payload, annotations }, digest)).resolves.toBeUndefined();
});

test('RSA-PSS is refused: cosign and the devices take PKCS#1 v1.5 alone', async () => {
  const { privateKey, publicPem } = makeKey('RSA');
  const payload = simpleSigningPayload(subject);
  const pss = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING };
  const annotations = { [signatureAnnotation]: sign('sha256', payload, pss).toString('base64') };

  const { legacy } = verifierOfKey(publicPem);

  await expect(legacy({ payload, annotations }, digest)).rejects.toMatchObject(refused);
});

/** A bundle of the right key around anything. */
const signedBundle = (payload: Uint8Array, hash = 'sha256'): Uint8Array =>
  keyBundle(
    payload,
    sign(hash, preAuthEncoding(statementPayloadType, payload), key.privateKey),
    '',
  );

const good = parseDocument(signedBundle(cosignStatement(subject)), 'a bundle');

test.each([
  ['no JSON', new TextEncoder().encode('{'), 'has a bundle that is not JSON'],
  ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'has a bundle that is not JSON'],
  ['a megabyte and more', new Uint8Array(1024 * 1024 + 1), 'has a bundle of 1048577 bytes'],
  ['no object', bytesOf([good]), 'has a bundle of the type nothing'],
  [
    'an older type',
    bytesOf({ ...Object(good), mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1' }),
    'has a bundle of the type "application/vnd.dev.sigstore.bundle+json;version=0.1"',
  ],
  [
    'no key',
    bytesOf({ ...Object(good), verificationMaterial: {} }),
    'has a bundle that breaks its schema',
  ],
  [
    'a certificate',
    bytesOf({ ...Object(good), verificationMaterial: { certificate: { rawBytes: 'AAAA' } } }),
    'is of a certificate, not of the key',
  ],
  [
    'a signature of bytes',
    bytesOf({
      ...Object(good),
      dsseEnvelope: undefined,
      messageSignature: {
        messageDigest: { algorithm: 'SHA2_256', digest: 'AAAA' },
        signature: 'AAAA',
      },
    }),
    'has a bundle without an envelope',
  ],
  [
    'an attestation',
    signedBundle(
      bytesOf({
        ...JSON.parse(new TextDecoder().decode(cosignStatement(subject))),
        predicateType: 'https://slsa.dev/provenance/v1',
      }),
    ),
    'has the predicate type "https://slsa.dev/provenance/v1"',
  ],
  [
    'a statement that is not JSON',
    signedBundle(new TextEncoder().encode('yes')),
    'has a statement that is not JSON',
  ],
  ['another hash', signedBundle(cosignStatement(subject), 'sha384'), 'is not of the key'],
])('a bundle with %s is refused', async (_, bytes, part) => {
  await expect(verifier.bundle(bytes, digest)).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining(part),
  });
});

test('the good one among them is accepted', async () => {
  await expect(verifier.bundle(bytesOf(good), digest)).resolves.toBeUndefined();
});

test('a layer without the annotation is no signature', async () => {
  const payload = simpleSigningPayload(subject);

  await expect(verifier.legacy({ payload, annotations: {} }, digest)).rejects.toThrow(
    'the signature has no annotation dev.cosignproject.cosign/signature',
  );
});

test('whatever is in a bundle, it is refused with the one code', async () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const bundle = fc.record(
    {
      mediaType: fc.constant('application/vnd.dev.sigstore.bundle.v0.3+json'),
      verificationMaterial: fc.oneof(json, fc.record({ publicKey: json, tlogEntries: json })),
      dsseEnvelope: fc.oneof(
        json,
        fc.record({ payload: json, payloadType: json, signatures: json }),
      ),
      messageSignature: json,
    },
    { requiredKeys: ['mediaType'] },
  );

  await fc.assert(
    fc.asyncProperty(fc.oneof(json, bundle), async (document) => {
      await expect(verifier.bundle(bytesOf(document), digest)).rejects.toMatchObject(refused);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['no PEM', 'cosign.pub', 'the public key is not PEM'],
  ['a private key', key.pem, 'the public key is PEM of the label "PRIVATE KEY"'],
  [
    'rubbish',
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
    'the public key cannot be read',
  ],
])('a public key that is %s is refused', (_, publicKey, message) => {
  expect(() => verifierOfKey(publicKey)).toThrow(
    expect.objectContaining({ code: 'KEY_INVALID', message }),
  );
});

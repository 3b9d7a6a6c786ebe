import { signIdToken, startSigstore } from '@oci-matrix/testing';
import { bundleFromJSON } from '@sigstore/bundle';
import { expect, test } from 'vitest';
import { strangerIn } from './log-entry.ts';
import { signatureOf } from './signed-bundle.ts';
import { claims, openAt, subject } from './test-identity.ts';

test('an entry is of its payload, its signature and its certificate, and of no other', async () => {
  await using sigstore = await startSigstore();
  const signer = await openAt(sigstore, { token: signIdToken(claims) });
  const bundle = bundleFromJSON(JSON.parse(Buffer.from(await signer.bundle(subject)).toString()));
  const { tlogEntries, content: material } = bundle.verificationMaterial;
  const [entry] = tlogEntries;
  if (entry === undefined || bundle.content.$case !== 'dsseEnvelope') expect.unreachable();
  if (material.$case !== 'certificate') expect.unreachable();
  const { rawBytes: certificate } = material.certificate;
  const { payload } = bundle.content.dsseEnvelope;
  const logged = { certificate, payload, signature: signatureOf(bundle) };
  const other = Buffer.from('other');
  const kindVersion = { kind: 'dsse', version: '9' };

  expect(strangerIn(entry, logged)).toBeUndefined();
  expect(strangerIn(entry, { ...logged, payload: other })).toBe('another payload');
  expect(strangerIn(entry, { ...logged, signature: other })).toBe('another signature');
  expect(strangerIn(entry, { ...logged, certificate: other })).toBe('another certificate');
  expect(strangerIn({ ...entry, kindVersion }, logged)).toBe('an entry of the kind dsse 9');
  expect(strangerIn({ ...entry, canonicalizedBody: other }, logged)).toBe('another payload');
});

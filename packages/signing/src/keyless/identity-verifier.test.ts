import type { Digest } from '@oci-matrix/oci';
import { type Sigstore, signIdToken, startSigstore } from '@oci-matrix/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LegacySignature, Signer, Verifier } from '../signer.ts';
import { verifierOfIdentity } from './identity-verifier.ts';
import {
  claims,
  failureOf,
  identity,
  issuer,
  openAt,
  otherDigest,
  subject,
} from './test-identity.ts';

const { digest } = subject;

const openSigner = (sigstore: Sigstore): Promise<Signer> =>
  openAt(sigstore, { token: signIdToken(claims), timestampUrl: sigstore.timestampUrl });

interface RekorEntry {
  readonly verification: { readonly signedEntryTimestamp: string };
}

const rekorAnnotation = 'dev.sigstore.cosign/bundle';

async function refusals(
  verifier: Verifier,
  bundle: Uint8Array,
  legacy: LegacySignature,
  of: Digest = digest,
): Promise<unknown[]> {
  return [
    await failureOf(verifier.bundle(bundle, of)),
    await failureOf(verifier.legacy(legacy, of)),
  ];
}

test('another identity, another issuer, another digest and another instance are refused', async () => {
  await using sigstore = await startSigstore();
  await using elsewhere = await startSigstore();
  const { trustedRoot } = sigstore;
  const signer = await openSigner(sigstore);
  const bundle = await signer.bundle(subject);
  const legacy = await signer.legacy(subject);
  const right = { identity, issuer, trustedRoot };
  const refuse = (changed: object, of = digest) =>
    refusals(verifierOfIdentity({ ...right, ...changed }), bundle, legacy, of);

  expect(await refuse({})).toEqual([undefined, undefined]);
  const failures = [
    ...(await refuse({ identity: identity.replace('acme', 'mallory') })),
    // Whole names are compared: neither a part nor a pattern is the identity.
    ...(await refuse({ identity: 'https://github.com/acme/app' })),
    ...(await refuse({ identity: identity.replace('.', '?') })),
    ...(await refuse({ identity: '.*' })),
    ...(await refuse({ issuer: 'https://issuer.example' })),
    ...(await refuse({ trustedRoot: elsewhere.trustedRoot })),
    ...(await refuse({}, otherDigest)),
  ];

  expect(failures).toHaveLength(14);
  for (const failure of failures) expect(failure).toMatchObject({ code: 'SIGNATURE_INVALID' });
  expect(String(failures[0])).toContain(
    `"${identity}" (${issuer}), not of "https://github.com/mall`,
  );
});

test('a changed byte of what was signed, the signature, the certificate or the log is refused', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot } = sigstore;
  const signer = await openSigner(sigstore);
  const verifiers = [verifierOfIdentity({ identity, issuer, trustedRoot }), signer.verifier];
  const document = JSON.parse(Buffer.from(await signer.bundle(subject)).toString());
  const material = document.verificationMaterial;
  const [entry] = material.tlogEntries;
  const [stamp] = material.timestampVerificationData.rfc3161Timestamps;
  const places: [object, string, readonly Verifier[]][] = [
    [document.dsseEnvelope, 'payload', verifiers],
    [document.dsseEnvelope.signatures[0], 'sig', verifiers],
    [material.certificate, 'rawBytes', verifiers],
    [entry, 'canonicalizedBody', verifiers.slice(0, 1)],
    [entry.logId, 'keyId', verifiers.slice(0, 1)],
    [entry.inclusionPromise, 'signedEntryTimestamp', verifiers.slice(0, 1)],
    [stamp, 'signedTimestamp', []],
  ];

  const arbitrary = fc.tuple(
    fc.constantFrom(...places),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
  );
  await fc.assert(
    fc.asyncProperty(arbitrary, async ([[owner, key, refusing], at, change]) => {
      const before: string = Reflect.get(owner, key);
      const bytes = Buffer.from(before, 'base64');
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ change;
      Reflect.set(owner, key, bytes.toString('base64'));
      const changed = Buffer.from(JSON.stringify(document));
      Reflect.set(owner, key, before);

      for (const verifier of refusing) {
        expect(await failureOf(verifier.bundle(changed, digest))).toMatchObject({
          code: 'SIGNATURE_INVALID',
        });
      }
    }),
    { numRuns: 60 },
  );
  for (const verifier of verifiers) {
    const whole = Buffer.from(JSON.stringify(document));
    await expect(verifier.bundle(whole, digest)).resolves.toBeUndefined();
  }
});

test('a certificate that had run out when the log saw the signature is refused', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot, rekorUrl } = sigstore;
  const signer = await openAt(sigstore, { token: signIdToken(claims) });
  const legacy = await signer.legacy(subject);
  const log = JSON.parse(legacy.annotations[rekorAnnotation] ?? '');
  const proposed = Buffer.from(log.Payload.body, 'base64').toString();
  await using later = await startSigstore();
  later.fail('rekor', 'future');
  // The same entry, which a log takes in an hour later: of another log, whose key the root has beside the first.
  const answer = await fetch(`${later.rekorUrl}/api/v1/log/entries`, {
    method: 'POST',
    body: proposed,
  });
  const [entry] = Object.values<RekorEntry>(JSON.parse(await answer.text()));
  const { verification, ...rest } = entry ?? { verification: { signedEntryTimestamp: '' } };
  const late = { SignedEntryTimestamp: verification.signedEntryTimestamp, Payload: rest };
  const root = JSON.parse(trustedRoot);
  const tlogs = [...root.tlogs, ...JSON.parse(later.trustedRoot).tlogs];
  const whole = verifierOfIdentity({
    ...{ identity, issuer },
    trustedRoot: JSON.stringify({ ...root, tlogs }),
  });
  const changed = {
    ...legacy,
    annotations: { ...legacy.annotations, [rekorAnnotation]: JSON.stringify(late) },
  };

  for (const verifier of [whole, signer.verifier]) {
    await expect(verifier.legacy(legacy, digest)).resolves.toBeUndefined();
    expect(await failureOf(verifier.legacy(changed, digest))).toMatchObject({
      code: 'SIGNATURE_INVALID',
      message: expect.stringMatching(/not valid/),
    });
  }
  expect(rekorUrl).not.toBe(later.rekorUrl);
});

test('an entry of the log of another signature is no proof for this one', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot } = sigstore;
  const signer = await openSigner(sigstore);
  const read = async () => JSON.parse(Buffer.from(await signer.bundle(subject)).toString());
  const [one, two] = [await read(), await read()];
  one.verificationMaterial.tlogEntries = two.verificationMaterial.tlogEntries;
  const [own, other] = [await signer.legacy(subject), await signer.legacy(subject)];
  const annotation = { [rekorAnnotation]: other.annotations[rekorAnnotation] ?? '' };
  const mixed = { ...own, annotations: { ...own.annotations, ...annotation } };

  const changed = Buffer.from(JSON.stringify(one));
  for (const verifier of [verifierOfIdentity({ identity, issuer, trustedRoot }), signer.verifier]) {
    for (const failure of await refusals(verifier, changed, mixed)) {
      expect(failure).toMatchObject({ code: 'SIGNATURE_INVALID' });
    }
  }
});

test('what nobody saw, or too many, is refused', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot } = sigstore;
  const signer = await openSigner(sigstore);
  const document = JSON.parse(Buffer.from(await signer.bundle(subject)).toString());
  const with_ = (tlogEntries: unknown[], rfc3161Timestamps: unknown[]) =>
    Buffer.from(
      JSON.stringify({
        ...document,
        verificationMaterial: {
          ...document.verificationMaterial,
          tlogEntries,
          timestampVerificationData: { rfc3161Timestamps },
        },
      }),
    );
  const [entry] = document.verificationMaterial.tlogEntries;
  const unseen = with_([], []);
  const flooded = with_(
    Array.from({ length: 100 }, () => entry),
    [],
  );

  for (const verifier of [verifierOfIdentity({ identity, issuer, trustedRoot }), signer.verifier]) {
    const failures = [
      await failureOf(verifier.bundle(unseen, digest)),
      await failureOf(verifier.bundle(flooded, digest)),
    ];
    expect(failures).toMatchObject([
      { code: 'SIGNATURE_INVALID', message: expect.stringContaining('timestamps') },
      { code: 'SIGNATURE_INVALID', message: expect.stringContaining('100 entries') },
    ]);
  }
});

test('a signature of a key, and what is no signature at all, is refused', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot } = sigstore;
  const verifier = verifierOfIdentity({ identity, issuer, trustedRoot });
  const signature = { 'dev.cosignproject.cosign/signature': 'AAAA' };
  const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

  const failures = [
    await failureOf(
      verifier.legacy({ payload: Buffer.from('{}'), annotations: signature }, digest),
    ),
    await failureOf(verifier.legacy({ payload: Buffer.from('{}'), annotations: {} }, digest)),
    await failureOf(
      verifier.legacy(
        {
          payload: Buffer.from('{}'),
          annotations: { ...signature, 'dev.sigstore.cosign/certificate': pem },
        },
        digest,
      ),
    ),
    await failureOf(verifier.bundle(Buffer.from('not JSON'), digest)),
  ];

  for (const failure of failures) expect(failure).toMatchObject({ code: 'SIGNATURE_INVALID' });
});

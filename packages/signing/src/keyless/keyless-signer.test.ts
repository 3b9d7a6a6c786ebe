import { type Sigstore, signIdToken, startSigstore } from '@oci-matrix/testing';
import { bundleFromJSON } from '@sigstore/bundle';
import { expect, test } from 'vitest';
import { verifierOfIdentity } from './identity-verifier.ts';
import { openKeylessSigner } from './keyless-signer.ts';
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

/** The trusted root of an instance that has some lists only. */
const rootWithout = ({ trustedRoot }: Sigstore, ...lists: string[]): string =>
  JSON.stringify({
    ...JSON.parse(trustedRoot),
    ...Object.fromEntries(lists.map((name) => [name, []])),
  });

test.each<[string, (at: Sigstore) => object, (at: Sigstore) => string]>([
  ['a log', () => ({}), (at) => rootWithout(at, 'timestampAuthorities')],
  [
    'a timestamp authority',
    ({ timestampUrl }) => ({ rekorUrl: 'none', timestampUrl }),
    (at) => rootWithout(at, 'tlogs'),
  ],
  ['both', ({ timestampUrl }) => ({ timestampUrl }), (at) => at.trustedRoot],
])(
  'signatures that %s saw verify against the trusted root, in both formats',
  async (_, where, rootOf) => {
    await using sigstore = await startSigstore();
    const trustedRoot = rootOf(sigstore);
    const token = signIdToken(claims);
    const signer = await openAt(sigstore, { token, trustedRoot, ...where(sigstore) });
    const stranger = verifierOfIdentity({ identity, issuer, trustedRoot });

    const bundle = await signer.bundle(subject);
    const legacy = await signer.legacy(subject);

    expect(signer.signedBy).toEqual({ identity, issuer });
    for (const verifier of [signer.verifier, stranger]) {
      await expect(verifier.bundle(bundle, digest)).resolves.toBeUndefined();
      await expect(verifier.legacy(legacy, digest)).resolves.toBeUndefined();
    }
  },
);

test('a bundle is of version 0.3, with the certificate, the entry of the log and the timestamp', async () => {
  await using sigstore = await startSigstore();
  const { timestampUrl } = sigstore;
  const signer = await openAt(sigstore, { token: signIdToken(claims), timestampUrl });

  const document = JSON.parse(Buffer.from(await signer.bundle(subject)).toString());
  const { verificationMaterial: material, content } = bundleFromJSON(document);

  expect(document.mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
  expect(material.content.$case).toBe('certificate');
  expect(material.tlogEntries.map(({ kindVersion }) => kindVersion?.kind)).toEqual(['dsse']);
  expect(material.timestampVerificationData?.rfc3161Timestamps).toHaveLength(1);
  expect(content.$case).toBe('dsseEnvelope');
});

test('a legacy signature has the annotations that cosign reads', async () => {
  await using sigstore = await startSigstore();
  const { timestampUrl } = sigstore;
  const signer = await openAt(sigstore, { token: signIdToken(claims), timestampUrl });

  const { annotations } = await signer.legacy(subject);
  const log = JSON.parse(annotations['dev.sigstore.cosign/bundle'] ?? '');

  expect(Object.keys(annotations)).toEqual([
    'dev.cosignproject.cosign/signature',
    'dev.sigstore.cosign/certificate',
    'dev.sigstore.cosign/chain',
    'dev.sigstore.cosign/bundle',
    'dev.sigstore.cosign/rfc3161timestamp',
  ]);
  expect(Object.keys(log.Payload)).toEqual(['body', 'integratedTime', 'logIndex', 'logID']);
  expect(log.SignedEntryTimestamp).toMatch(/^[A-Za-z0-9+/]+=*$/);
});

test('one certificate serves all signatures of a signer, until it is about to run out', async () => {
  await using sigstore = await startSigstore();
  const clock = { shift: 0 };
  let tokens = 0;
  const { fulcioUrl, rekorUrl } = sigstore;
  const signer = await openKeylessSigner({
    ...{ fulcioUrl, rekorUrl },
    identityToken: () => {
      tokens += 1;
      return Promise.resolve(signIdToken({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 }));
    },
    now: () => new Date(Date.now() + clock.shift),
  });

  await Promise.all(Array.from({ length: 8 }, () => signer.bundle(subject)));
  const before = sigstore.requests('fulcio').length;
  clock.shift = 9 * 60_000;
  await Promise.all([signer.bundle(subject), signer.legacy(subject)]);

  expect(before).toBe(1);
  expect(sigstore.requests('fulcio')).toHaveLength(2);
  expect(tokens).toBe(1);
});

test('a token that has run out is fetched anew, and may not be of somebody else', async () => {
  await using sigstore = await startSigstore();
  const clock = { shift: 0 };
  const { fulcioUrl, rekorUrl } = sigstore;
  const tokens = [{}, {}, { job_workflow_ref: 'mallory/app/.github/workflows/x.yml@main' }];
  const signer = await openKeylessSigner({
    ...{ fulcioUrl, rekorUrl },
    identityToken: () => {
      const now = Math.floor((Date.now() + clock.shift) / 1000);
      return Promise.resolve(signIdToken({ ...claims, exp: now + 300, ...tokens.shift() }));
    },
    now: () => new Date(Date.now() + clock.shift),
  });

  clock.shift = 301_000;
  await signer.bundle(subject);
  clock.shift = 605_000;
  const failure = await failureOf(signer.bundle(subject));

  expect(sigstore.requests('fulcio')).toHaveLength(1);
  expect(failure).toMatchObject({ code: 'ID_TOKEN', message: expect.stringContaining('mallory') });
});

test('without a trusted root what Fulcio publishes is trusted, asked for once', async () => {
  await using sigstore = await startSigstore();
  const { timestampUrl } = sigstore;
  const token = signIdToken(claims);
  const signer = await openAt(sigstore, { token, timestampUrl });
  const other = await openAt(sigstore, {
    token: signIdToken({ ...claims, iss: 'https://x.example' }),
  });
  const bundle = await signer.bundle(subject);
  const legacy = await signer.legacy(subject);

  await signer.verifier.bundle(bundle, digest);
  await signer.verifier.legacy(legacy, digest);

  const asked = sigstore.requests('fulcio').filter((request) => request.startsWith('GET'));
  expect(asked).toEqual(['GET /api/v2/trustBundle']);
  for (const failure of [
    await failureOf(signer.verifier.bundle(bundle, otherDigest)),
    await failureOf(signer.verifier.legacy(legacy, otherDigest)),
    await failureOf(other.verifier.bundle(bundle, digest)),
    await failureOf(other.verifier.legacy(legacy, digest)),
  ]) {
    expect(failure).toMatchObject({ code: 'SIGNATURE_INVALID' });
  }
});

test('an answer of the log that is lost is looked up, not logged again', async () => {
  await using sigstore = await startSigstore();
  const { trustedRoot } = sigstore;
  const signer = await openAt(sigstore, { token: signIdToken(claims), trustedRoot });
  sigstore.fail('rekor', 'lost', 1);

  const bundle = await signer.bundle(subject);

  await expect(signer.verifier.bundle(bundle, digest)).resolves.toBeUndefined();
  const [first, again, found] = sigstore.requests('rekor');
  expect([first, again]).toEqual(['POST /api/v1/log/entries', 'POST /api/v1/log/entries']);
  expect(found).toMatch(/^GET \/api\/v1\/log\/entries\/[0-9a-f]{64}$/);
});

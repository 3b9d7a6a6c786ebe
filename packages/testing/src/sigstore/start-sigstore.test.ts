import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { signIdToken } from '../runner/id-token.ts';
import type { SigstoreFault } from './fault.ts';
import { startSigstore } from './start-sigstore.ts';

const claims = { iss: 'https://issuer.example', aud: 'sigstore', sub: 'somebody' };
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const certify = (url: string, token: string, proven = 'somebody'): Promise<Response> =>
  fetch(`${url}/api/v2/signingCert`, {
    method: 'POST',
    body: JSON.stringify({
      credentials: { oidcIdentityToken: token },
      publicKeyRequest: {
        publicKey: { content: publicKey.export({ type: 'spki', format: 'pem' }) },
        proofOfPossession: sign('sha256', Buffer.from(proven), privateKey).toString('base64'),
      },
    }),
  });

async function certificateOf(answer: Promise<Response>): Promise<X509Certificate> {
  const { signedCertificateEmbeddedSct } = JSON.parse(await (await answer).text());
  return new X509Certificate(signedCertificateEmbeddedSct.chain.certificates[0]);
}

const propose = (url: string, value = 'ab'.repeat(32)): Promise<Response> =>
  fetch(`${url}/api/v1/log/entries`, {
    method: 'POST',
    body: JSON.stringify({
      apiVersion: '0.0.1',
      kind: 'hashedrekord',
      spec: { data: { hash: { algorithm: 'sha256', value } }, signature: {} },
    }),
  });

async function entryOf(answer: Response) {
  const [entry] = Object.values<{ body: string; integratedTime: number }>(
    JSON.parse(await answer.text()),
  );
  return {
    body: Buffer.from(entry?.body ?? '', 'base64').toString(),
    time: entry?.integratedTime ?? 0,
  };
}

test('a certificate names whom the token is for: a workflow, an address or a subject', async () => {
  await using sigstore = await startSigstore();
  const { fulcioUrl } = sigstore;
  const workflow = 'acme/app/.github/workflows/x.yml@refs/heads/main';
  const email = 'octo@example.org';

  const names = [
    await certificateOf(certify(fulcioUrl, signIdToken(claims))),
    await certificateOf(certify(fulcioUrl, signIdToken({ ...claims, job_workflow_ref: workflow }))),
    await certificateOf(certify(fulcioUrl, signIdToken({ ...claims, email }), email)),
  ].map((certificate) => certificate.subjectAltName);

  expect(names).toEqual(['URI:somebody', `URI:https://github.com/${workflow}`, `URI:${email}`]);
});

test('who shows a bad token, or has not the key, gets no certificate', async () => {
  await using sigstore = await startSigstore();
  const { fulcioUrl } = sigstore;
  const good = signIdToken(claims);
  const forged = `${good.slice(0, good.lastIndexOf('.'))}.${'A'.repeat(342)}`;

  const statuses = await Promise.all([
    certify(fulcioUrl, forged),
    certify(fulcioUrl, signIdToken({ ...claims, aud: 'another' })),
    certify(fulcioUrl, signIdToken({ ...claims, exp: 1 })),
    certify(fulcioUrl, good, 'somebody else'),
    certify(fulcioUrl, good),
  ]);

  expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 400, 200]);
});

test.each<[SigstoreFault, number]>([
  ['past', -3600],
  ['future', 3600],
])('services of the %s answer in their own time', async (fault, seconds) => {
  await using sigstore = await startSigstore();
  const now = Date.now() / 1000;
  sigstore.fail('fulcio', fault, 1);
  sigstore.fail('rekor', fault, 1);

  const certificate = await certificateOf(certify(sigstore.fulcioUrl, signIdToken(claims)));
  const entry = await entryOf(await propose(sigstore.rekorUrl));
  const right = await certificateOf(certify(sigstore.fulcioUrl, signIdToken(claims)));

  expect(Math.abs(certificate.validFromDate.getTime() / 1000 - now - seconds)).toBeLessThan(60);
  expect(Math.abs(entry.time - now - seconds)).toBeLessThan(60);
  expect(Math.abs(right.validFromDate.getTime() / 1000 - now)).toBeLessThan(60);
});

test('an answer may be about something else', async () => {
  await using sigstore = await startSigstore();
  sigstore.fail('fulcio', 'other');
  sigstore.fail('rekor', 'other');
  sigstore.fail('timestamp', 'other');
  const hash = createHash('sha256').update('this').digest();

  const certificate = await certificateOf(certify(sigstore.fulcioUrl, signIdToken(claims)));
  const entry = await entryOf(await propose(sigstore.rekorUrl));
  const stamp = await fetch(`${sigstore.timestampUrl}/api/v1/timestamp`, {
    method: 'POST',
    body: JSON.stringify({ artifactHash: hash.toString('base64'), hashAlgorithm: 'sha256' }),
  });

  expect(certificate.subjectAltName).toContain('mallory');
  expect(entry.body).toContain(`"value":"${'0'.repeat(64)}"`);
  expect(Buffer.from(await stamp.arrayBuffer()).includes(hash)).toBe(false);
});

test('an entry is logged once, and who proposes it again is told where it is', async () => {
  await using sigstore = await startSigstore();
  const { rekorUrl } = sigstore;
  sigstore.fail('rekor', 'lost', 1);

  const lost = await propose(rekorUrl).catch(() => undefined);
  const again = await propose(rekorUrl);
  const found = await fetch(`${rekorUrl}${again.headers.get('location')}`);

  expect(lost).toBeUndefined();
  expect([again.status, found.status]).toEqual([409, 200]);
  expect((await entryOf(found)).body).toContain('ab'.repeat(32));
  expect((await propose(rekorUrl, 'cd'.repeat(32))).status).toBe(201);
});

test('a log takes no envelope whose signature does not hold', async () => {
  await using sigstore = await startSigstore();
  const certificate = await certificateOf(certify(sigstore.fulcioUrl, signIdToken(claims)));
  const envelope = (signed: string) => ({
    payloadType: 'text/plain',
    payload: Buffer.from('content').toString('base64'),
    signatures: [{ sig: sign('sha256', Buffer.from(signed), privateKey).toString('base64') }],
  });
  const proposal = (signed: string) => ({
    method: 'POST',
    body: JSON.stringify({
      apiVersion: '0.0.1',
      kind: 'dsse',
      spec: {
        proposedContent: {
          envelope: JSON.stringify(envelope(signed)),
          verifiers: [Buffer.from(certificate.toString()).toString('base64')],
        },
      },
    }),
  });
  const address = `${sigstore.rekorUrl}/api/v1/log/entries`;

  const right = await fetch(address, proposal('DSSEv1 10 text/plain 7 content'));
  const wrong = await fetch(address, proposal('DSSEv1 10 text/plain 7 another'));

  expect([right.status, wrong.status]).toEqual([201, 400]);
  expect((await entryOf(right)).body).toMatch(/"payloadHash".*"verifier":/);
});

test('a service fails as told, as often as told', async () => {
  await using sigstore = await startSigstore();
  const ask = (signal?: AbortSignal) =>
    fetch(`${sigstore.fulcioUrl}/api/v2/trustBundle`, signal === undefined ? {} : { signal });

  sigstore.fail('fulcio', 503, 2);
  const refused = [(await ask()).status, (await ask()).status, (await ask()).status];
  sigstore.fail('fulcio', 'garbage', 1);
  const garbage = await (await ask()).text();
  sigstore.fail('fulcio', 'down', 1);
  const down = await ask().catch((error: Error) => error.message);
  sigstore.fail('fulcio', 'slow', 1);
  const slow = await ask(AbortSignal.timeout(200)).catch((error: Error) => error.name);

  expect(refused).toEqual([503, 503, 200]);
  expect(garbage).toContain('<html>');
  expect([down, slow]).toEqual(['fetch failed', 'TimeoutError']);
  expect(sigstore.requests('fulcio')).toHaveLength(6);
});

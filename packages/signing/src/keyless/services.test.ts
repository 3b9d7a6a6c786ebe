import {
  type Sigstore,
  type SigstoreFault,
  type SigstoreService,
  signIdToken,
  startSigstore,
} from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import type { Signer } from '../signer.ts';
import { openKeylessSigner } from './keyless-signer.ts';
import { claims, failureOf, openAt, subject } from './test-identity.ts';

const token = signIdToken(claims);
const codes = {
  fulcio: 'FULCIO',
  rekor: 'REKOR',
  timestamp: 'TIMESTAMP_AUTHORITY',
} as const;

const openSigner = (sigstore: Sigstore, timeout = 8000): Promise<Signer> =>
  openAt(sigstore, { token, timeout, timestampUrl: sigstore.timestampUrl });

const hostOf = (sigstore: Sigstore, service: SigstoreService): string =>
  new URL(sigstore[`${service}Url`]).host;

/** Everything that an error would show, its causes included. */
const shown = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.stack} ${JSON.stringify(error)} ${shown(error.cause)}`
    : String(error);

const services = ['fulcio', 'rekor', 'timestamp'] as const;
const faults: [SigstoreFault, RegExp][] = [
  ['down', /cannot be reached: (?:ECONNRESET|UND_ERR_SOCKET)$/],
  ['slow', /did not answer within 1\.6 s$/],
  ['garbage', /answered with something else than /],
  ['other', /another|certified/],
  [400, /answered with 400: this failure was asked for$/],
  [503, /answered with 503: this failure was asked for$/],
  [307, /answered with 307: this failure was asked for$/],
];

for (const service of services) {
  for (const [fault, message] of faults) {
    test.concurrent(`${service} ${fault}: one clear error, in time, in either format`, async () => {
      await using sigstore = await startSigstore();
      // Short for silence alone: sound services need time too, on a busy machine.
      const timeout = fault === 'slow' ? 1600 : 8000;
      const signer = await openSigner(sigstore, timeout);
      sigstore.fail(service, fault);
      const begin = performance.now();

      const failures = await Promise.all([
        failureOf(signer.bundle(subject)),
        failureOf(signer.legacy(subject)),
      ]);

      expect(performance.now() - begin).toBeLessThan(timeout + 1000);
      for (const failure of failures) {
        expect(failure).toMatchObject({
          code: codes[service],
          message: expect.stringMatching(message),
          hint: expect.stringMatching(/^(?:Check|Run)/),
        });
        expect(failure).toHaveProperty(
          'message',
          expect.stringContaining(hostOf(sigstore, service)),
        );
        expect(shown(failure)).not.toContain(token.slice(-40));
      }
    });
  }
}

test.each(services)('%s that fails once is asked again', async (service) => {
  await using sigstore = await startSigstore();
  const signer = await openSigner(sigstore, 5000);
  sigstore.fail(service, 503, 1);

  await signer.bundle(subject);

  expect(sigstore.requests(service)).toHaveLength(2);
});

test.each(services)('%s that refuses is asked once', async (service) => {
  await using sigstore = await startSigstore();
  const signer = await openSigner(sigstore);
  sigstore.fail(service, 400);

  await failureOf(signer.bundle(subject));

  expect(sigstore.requests(service)).toHaveLength(1);
});

test('a service that is not there is named', async () => {
  const gone = await startSigstore();
  await gone[Symbol.asyncDispose]();
  const signer = await openAt(gone, { token, timeout: 500 });

  expect(await failureOf(signer.bundle(subject))).toMatchObject({
    code: 'FULCIO',
    message: `Fulcio at ${hostOf(gone, 'fulcio')} cannot be reached: ECONNREFUSED`,
  });
});

test.each<[SigstoreService, SigstoreFault, RegExp]>([
  ['fulcio', 'past', /good until \S+, and the clock here says \S+$/],
  ['fulcio', 'future', /good not before \S+, and the clock here says \S+$/],
  ['rekor', 'past', /saw the signature at \S+, and its certificate is good from \S+ to \S+$/],
  ['rekor', 'future', /saw the signature at \S+, and its certificate is good from \S+ to \S+$/],
  ['timestamp', 'past', /saw the signature at \S+, and its certificate is good from \S+ to \S+$/],
  ['timestamp', 'future', /saw the signature at \S+, and its certificate is good from \S+ to \S+$/],
])('%s whose clock is in the %s is a matter of clocks', async (service, fault, message) => {
  await using sigstore = await startSigstore();
  const signer = await openSigner(sigstore);
  sigstore.fail(service, fault);

  expect(await failureOf(signer.bundle(subject))).toMatchObject({
    code: 'CLOCK_SKEW',
    message: expect.stringMatching(message),
    hint: expect.stringContaining('clock'),
  });
});

test('a clock of ours that is wrong is named with the time that it says', async () => {
  await using sigstore = await startSigstore();
  const now = Date.now() - 1_200_000;
  const early = signIdToken({ ...claims, nbf: Math.floor(now / 1000) - 300 });
  const signer = await openAt(sigstore, { token: early, now: () => new Date(now) });

  expect(await failureOf(signer.bundle(subject))).toMatchObject({
    code: 'CLOCK_SKEW',
    message: expect.stringContaining(new Date(now).toISOString()),
  });
});

test('a token that Fulcio refuses is a matter of the token', async () => {
  await using sigstore = await startSigstore();
  const forged = `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(342)}`;
  const signer = await openAt(sigstore, { token: forged });

  const failure = await failureOf(signer.bundle(subject));

  expect(failure).toMatchObject({
    code: 'ID_TOKEN',
    message: `Fulcio at ${hostOf(sigstore, 'fulcio')} answered with 401: There was an error processing the identity token; it refused the id token`,
  });
  expect(sigstore.requests('fulcio')).toHaveLength(1);
});

test.each<SigstoreFault>(['slow', 503])('who cancels is not kept waiting by %s', async (fault) => {
  await using sigstore = await startSigstore();
  const signer = await openSigner(sigstore, 60_000);
  sigstore.fail('rekor', fault);
  const reason = new Error('the job was cancelled');
  const controller = new AbortController();

  const signing = failureOf(signer.bundle(subject, { signal: controller.signal }));
  setTimeout(() => controller.abort(reason), 100);

  expect(await signing).toBe(reason);
});

test.each([
  ['plain http beyond this machine', { fulcioUrl: 'http://fulcio.example' }, 'FULCIO'],
  ['no URL', { rekorUrl: 'rekor' }, 'REKOR'],
  ['a user in the URL', { timestampUrl: 'https://a:b@tsa.example' }, 'TIMESTAMP_AUTHORITY'],
  ['neither log nor authority', { rekorUrl: 'none' }, 'REKOR'],
  ['neither, by empty inputs', { rekorUrl: '', timestampUrl: '' }, 'REKOR'],
])('%s is refused before anything is asked for', async (_, where, code) => {
  let asked = 0;
  const identityToken = (): Promise<string> => {
    asked += 1;
    return Promise.resolve(token);
  };

  const failure = await failureOf(openKeylessSigner({ identityToken, ...where }));

  expect(failure).toMatchObject({ code });
  expect(String(failure)).not.toContain('a:b');
  expect(asked).toBe(0);
});

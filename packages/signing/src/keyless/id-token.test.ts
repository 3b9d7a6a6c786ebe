import { signIdToken } from '@oci-matrix/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIdToken } from './id-token.ts';
import { openKeylessSigner } from './keyless-signer.ts';
import { claims, failureOf, identity, issuer, workflow } from './test-identity.ts';

const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);
const email = 'octo@example.org';

test.each<[string, object, object]>([
  ['a job of GitHub', {}, { identity, issuer, challenge: claims.sub }],
  [
    'a job of an enterprise with an issuer of its own',
    { iss: `${issuer}/octo` },
    { identity, issuer: `${issuer}/octo` },
  ],
  [
    'a job of ghe.com',
    { iss: 'https://token.actions.octo.ghe.com' },
    { identity: `https://octo.ghe.com/${workflow}`, issuer: 'https://token.actions.octo.ghe.com' },
  ],
  [
    'a person',
    { iss: 'https://accounts.example', email, email_verified: true, job_workflow_ref: undefined },
    { identity: email, issuer: 'https://accounts.example', challenge: email },
  ],
  [
    'a person whom a broker knows',
    {
      ...{ iss: 'https://oauth2.example', email, email_verified: true },
      ...{ job_workflow_ref: undefined },
      federated_claims: { connector_id: 'https://accounts.example' },
    },
    { identity: email, issuer: 'https://accounts.example' },
  ],
  [
    'a service',
    { iss: 'https://cluster.example', sub: 'service', job_workflow_ref: undefined },
    { identity: 'service', issuer: 'https://cluster.example', challenge: 'service' },
  ],
  ['one of several audiences', { aud: ['another', 'sigstore'] }, { identity }],
])('a token is read: %s', (_, changed, read) => {
  const text = signIdToken(JSON.parse(JSON.stringify({ ...claims, ...changed })));

  expect(readIdToken(text, now)).toMatchObject({ text, ...read });
});

test.each<[string, object, RegExp]>([
  [
    'another audience',
    { aud: 'https://github.com/acme' },
    /the audience "https:.*", not "sigstore"$/,
  ],
  ['several others', { aud: ['a', 'b'] }, /the audience "a", "b", not/],
  ['no audience', { aud: undefined }, /the audience nothing, not/],
  ['a past', { exp: seconds - 1 }, /was good until \S+, and it is \S+$/],
  ['no end', { exp: undefined }, /does not say until when/],
  ['an end beyond all time', { exp: 1e300 }, /does not say until when/],
  ['a future', { nbf: seconds + 3600 }, /is good from \S+ on, and it is \S+$/],
  ['an address that nobody verified', { email, email_verified: 'true' }, /did not verify/],
  ['no issuer', { iss: undefined }, /who issued it/],
  ['nobody', { sub: undefined, job_workflow_ref: undefined }, /for whom/],
])('a token with %s is refused', (_, changed, message) => {
  const text = signIdToken(
    JSON.parse(JSON.stringify({ ...claims, iat: seconds, nbf: seconds, exp: seconds + 60 })),
  );
  const other = signIdToken({
    ...JSON.parse(JSON.stringify({ ...claims, ...changed })),
    ...gone(changed),
  });

  expect(() => readIdToken(text, now)).not.toThrow();
  expect(() => readIdToken(other, now)).toThrow(
    expect.objectContaining({ code: 'ID_TOKEN', message: expect.stringMatching(message) }),
  );
});

// The issuer of the test sets times of its own unless a claim says otherwise.
const gone = (changed: object): { exp?: null } =>
  Object.hasOwn(changed, 'exp') && Reflect.get(changed, 'exp') === undefined ? { exp: null } : {};

test('what is no token is refused, and never quoted', () => {
  const secret = fc.string({ minLength: 12, maxLength: 60, unit: 'grapheme-ascii' });
  const texts = fc.oneof(
    secret.map((text) => ({ text, whole: text })),
    secret.map((text) => ({ text, whole: `e30.${Buffer.from(text).toString('base64url')}.x` })),
    secret.map((text) => ({ text: text.trim(), whole: `${text}.e30.${text}` })),
  );

  fc.assert(
    fc.property(texts, ({ text, whole }) => {
      let failure: unknown;
      try {
        readIdToken(whole, now);
      } catch (error) {
        failure = error;
      }

      expect(failure).toMatchObject({ code: 'ID_TOKEN' });
      expect(failure).not.toHaveProperty('cause');
      if (text.trim().length >= 12) expect(String(failure)).not.toContain(text.trim());
      expect(String(failure)).not.toContain(whole);
    }),
    { numRuns: 100 },
  );
});

test('whoever gives no token has its own words kept back', async () => {
  const failure = await failureOf(
    openKeylessSigner({ identityToken: () => Promise.reject(new Error('token eyJhbGciOi')) }),
  );

  expect(failure).toMatchObject({ code: 'ID_TOKEN' });
  expect(failure).not.toHaveProperty('cause');
  expect(String(failure)).not.toContain('eyJ');
});

import { parseRepositoryName } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { checkSimpleSigning, simpleSigningPayload } from './simple-signing.ts';

const digest = `sha256:${'f1'.repeat(32)}` as const;

const textOf = (image: string): string =>
  new TextDecoder().decode(simpleSigningPayload({ image: parseRepositoryName(image), digest }));

test('the payload is what cosign writes, byte for byte', () => {
  expect(textOf('127.0.0.1:5000/acme/app')).toBe(
    `{"critical":{"identity":{"docker-reference":"127.0.0.1:5000/acme/app"},"image":{"docker-manifest-digest":"${digest}"},"type":"cosign container image signature"},"optional":null}`,
  );
});

test('an image of Docker Hub has the name that cosign gives it', () => {
  expect(textOf('acme/app')).toContain('"docker-reference":"index.docker.io/acme/app"');
  expect(textOf('alpine')).toContain('"docker-reference":"index.docker.io/library/alpine"');
});

const other = `sha256:${'f2'.repeat(32)}`;
const type = 'cosign container image signature';

test.each([
  [
    { critical: { type, image: { 'docker-manifest-digest': other } } },
    `the signature is of "${other}", not of ${digest}`,
  ],
  [{ critical: { type } }, `the signature is of nothing, not of ${digest}`],
  [
    { critical: { type: 'atomic', image: { 'docker-manifest-digest': digest } } },
    'the signature has a payload of the type "atomic", not "cosign container image signature"',
  ],
  [[], 'the signature has a payload of the type nothing, not "cosign container image signature"'],
])('a payload that says %j is refused', (document, message) => {
  const bytes = new TextEncoder().encode(JSON.stringify(document));

  expect(() => checkSimpleSigning(bytes, digest)).toThrow(
    expect.objectContaining({ code: 'SIGNATURE_INVALID', message }),
  );
});

test('a payload that says more than it must is none the less of the digest', () => {
  const image = { 'docker-manifest-digest': digest };
  const document = { critical: { type, image, identity: {} }, optional: { creator: 'acme' } };

  expect(() =>
    checkSimpleSigning(new TextEncoder().encode(JSON.stringify(document)), digest),
  ).not.toThrow();
});

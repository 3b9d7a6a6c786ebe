import { globSync, readFileSync } from 'node:fs';
import { MatrixError, matrixErrorCodes } from '@oci-matrix/core';
import { distributionErrorCodes, RegistryError } from '@oci-matrix/distribution';
import { hintFor, hints } from '@oci-matrix/github';
import { OciError } from '@oci-matrix/oci';
import { signingErrorCodes } from '@oci-matrix/signing';
import { expect, test } from 'vitest';
import { thrownCodes } from './thrown-codes.ts';

const root = new URL('..', import.meta.url);

const thrown = globSync(
  ['packages/{oci,distribution,core,github,signing}/src/**/*.ts', 'actions/**/*.ts'],
  {
    cwd: root,
  },
)
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) => thrownCodes(readFileSync(new URL(path, root), 'utf8')));

const codes = new Set([
  ...thrown.map(({ code }) => code),
  ...matrixErrorCodes,
  ...distributionErrorCodes,
  ...signingErrorCodes,
]);

test('every code that an error can have has a hint for workflows', () => {
  const without = [...codes].filter((code) => !Object.hasOwn(hints, code));

  expect(without).toEqual([]);
  expect([...codes]).toEqual(
    expect.arrayContaining(['INVALID_DIGEST', 'TRANSPORT', 'LEG_MISSING', 'ARTIFACT_SERVICE']),
  );
});

test('every code with a hint is one that an error can have', () => {
  const dead = Object.keys(hints).filter((code) => !codes.has(code) && code !== 'UNEXPECTED');

  expect(dead).toEqual([]);
});

test('every hint is sentences that end', () => {
  for (const [code, hint] of Object.entries(hints)) {
    for (const host of [undefined, 'ghcr.io']) {
      expect(hint({ code, hint: undefined, host, status: undefined }), code).toMatch(
        /^[A-Z][^\n]+\.$/,
      );
    }
  }
});

test('a code has one meaning: no two kinds of errors have it, but where they say the same', () => {
  const classes = Map.groupBy(thrown, ({ code }) => code);
  const shared = [...classes]
    .map(([code, found]) => [code, [...new Set(found.map(({ thrownAs }) => thrownAs))].sort()])
    .filter(([, names]) => (names?.length ?? 0) > 1);

  expect(Object.fromEntries(shared)).toEqual({
    ID_TOKEN: ['IdentityTokenError', 'SigningError'],
    INPUT_INVALID: ['InputError', 'MatrixError'],
    TIMEOUT: ['StoppedError', 'TransportError'],
  });
});

test('only these codes of the specification are used for what we found out ourselves', () => {
  const spec = new Set<string>(distributionErrorCodes);

  expect(matrixErrorCodes.filter((code) => spec.has(code)).sort()).toEqual([
    'BLOB_UNKNOWN',
    'MANIFEST_UNKNOWN',
  ]);
});

test('every code of a use-case is thrown somewhere', () => {
  const used = new Set(thrown.map(({ code }) => code));

  expect(matrixErrorCodes.filter((code) => !used.has(code))).toEqual([]);
});

class StrangeError extends OciError {
  override readonly name = 'StrangeError';
  readonly code = 'STRANGE';
}

test('an error with a code that nobody lists keeps its own hint', () => {
  expect(hintFor(new StrangeError('x', { hint: 'Do this.' }))).toBe('Do this.');
  expect(hintFor(new StrangeError('x'))).toMatch(/^Report it at /);
});

test('what a use-case advises is what the annotation says', () => {
  const error = new MatrixError('LEG_MISSING', 'x', { hint: 'Look there.' });

  expect(hintFor(error)).toBe('Look there.');
  expect(hintFor(new MatrixError('LEG_MISSING', 'x'))).toMatch(/^Look at the legs named above/);
});

const refusal = (status: number, code: string, host: string): RegistryError =>
  new RegistryError({
    method: 'PUT',
    url: `https://${host}/v2/acme/app/manifests/1`,
    status,
    errors: [{ code, message: 'no', detail: undefined }],
    retryAfter: undefined,
  });

test.each([
  [403, 'DENIED', 'ghcr.io', /^Add "permissions: packages: write" to the job/],
  [401, 'UNAUTHORIZED', 'ghcr.io', /^Add "permissions: packages: write" to the job/],
  [401, 'UNAUTHORIZED', 'registry.acme.io', /"username" and "password"/],
  [429, 'TOOMANYREQUESTS', 'registry.acme.io', /"concurrency"/],
  [400, 'NAME_INVALID', 'registry.acme.io', /"image"/],
  [403, 'NO_CODE_OF_THE_SPEC', 'ghcr.io', /^Add "permissions: packages: write" to the job/],
])('a refusal %s %s by %s is explained in words of a workflow', (status, code, host, advice) => {
  expect(hintFor(refusal(status, code, host))).toMatch(advice);
});

test('the scan finds codes in whatever way they are written', () => {
  const source = `
export class ReadError extends OciError {
  override readonly name = 'ReadError';
  readonly code: 'A_CODE' | 'B_CODE';
}
throw new MatrixError(
  'C_CODE',
);`;

  expect(thrownCodes(source)).toEqual([
    { code: 'C_CODE', thrownAs: 'MatrixError' },
    { code: 'A_CODE', thrownAs: 'ReadError' },
    { code: 'B_CODE', thrownAs: 'ReadError' },
  ]);
});

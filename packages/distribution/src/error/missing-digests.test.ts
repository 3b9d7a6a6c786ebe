import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { missingDigests } from './missing-digests.ts';
import { RegistryError } from './registry-error.ts';

const [one, two] = ['one', 'two'].map((text) => digestOf(new TextEncoder().encode(text)));

const refusal = (...errors: { code: string; detail?: unknown }[]) =>
  new RegistryError({
    ...{ method: 'PUT', url: 'https://r/v2/', status: 404, retryAfter: undefined },
    errors: errors.map(({ code, detail }) => ({ code, message: '', detail })),
  });

test('the digests are read from the text of a detail and from its members, each once', () => {
  const error = refusal(
    { code: 'MANIFEST_BLOB_UNKNOWN', detail: one },
    { code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: two } },
    { code: 'BLOB_UNKNOWN', detail: { Digest: one } },
  );

  expect(missingDigests(error)).toEqual([one, two]);
});

test.each([undefined, null, 7, 'sha256:no', { digest: 7 }, ['x']])(
  'a detail of %j names none',
  (detail) => {
    expect(missingDigests(refusal({ code: 'BLOB_UNKNOWN', detail }))).toEqual([]);
  },
);

test('a refusal for anything else misses nothing', () => {
  expect(missingDigests(refusal({ code: 'MANIFEST_INVALID', detail: one }))).toBeUndefined();
  expect(missingDigests(new Error('no'))).toBeUndefined();
});

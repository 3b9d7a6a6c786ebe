import { OciError } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import {
  AuthError,
  ContentError,
  distributionErrorCodes,
  ProtocolError,
  RegistryError,
  TransportError,
} from '../index.ts';

const refusal = { method: 'PUT', url: 'https://r/v2/', status: 403, retryAfter: undefined };
const entry = (code: string): { code: string; message: string; detail: undefined } => ({
  code,
  message: `about ${code}`,
  detail: undefined,
});

test('every error has a code of the list, a name, a sentence and a hint', () => {
  const errors = [
    new RegistryError({ ...refusal, errors: [entry('DENIED')] }),
    new AuthError('TOKEN_REFUSED', 'no'),
    new TransportError('GET', 'https://r/', new Error('x')),
    new ContentError('TRUNCATED', 'it', '5 bytes', '4'),
    new ProtocolError('no'),
  ];

  for (const error of errors) {
    expect(error).toBeInstanceOf(OciError);
    expect(distributionErrorCodes).toContain(error.code);
    expect(error.name).toMatch(/^[A-Z][a-z]+Error$/);
    expect(error.message).not.toMatch(/\.$/);
    expect(error.hint).toMatch(/^[A-Z].*\.$/);
  }
});

test('the code of a refusal is the first that the specification knows, else its status', () => {
  const codes = [['UNKNOWN', 'DENIED'], ['QUOTA_EXCEEDED'], []].map(
    (list) => new RegistryError({ ...refusal, errors: list.map(entry) }),
  );

  expect(codes.map(({ message }) => message)).toEqual([
    'PUT https://r/v2/: DENIED: about DENIED',
    'PUT https://r/v2/: HTTP_403: about QUOTA_EXCEEDED',
    'PUT https://r/v2/: HTTP_403',
  ]);
  expect(codes[0]?.errors).toHaveLength(2);
});

test('every status has a hint', () => {
  const hints = [400, 401, 403, 404, 413, 418, 429, 500, 503].map(
    (status) => new RegistryError({ ...refusal, status, errors: [] }).hint,
  );

  expect(new Set(hints).size).toBe(6);
});

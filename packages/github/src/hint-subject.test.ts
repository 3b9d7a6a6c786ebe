import { OciError } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { hintFor } from './hint-subject.ts';

class TestError extends OciError {
  override readonly name = 'TestError';
  readonly code: string;
  readonly url: string;

  constructor(code: string, url: string, hint?: string) {
    super(`PUT ${url}: ${code}`, { hint });
    this.code = code;
    this.url = url;
  }
}

const ghcr = 'https://ghcr.io/v2/acme/app/manifests/v1';
const other = 'https://registry.example/v2/acme/app/manifests/v1';

test('a push that ghcr.io denies is about the permissions of the job', () => {
  const hint = hintFor(new TestError('DENIED', ghcr, 'Ask the registry.'));

  expect(hint).toMatch(/^Add "permissions: packages: write" to the job.*Manage Actions access/);
});

test('a push that another registry denies keeps the hint of who knows more', () => {
  expect(hintFor(new TestError('DENIED', other, 'Ask the registry.'))).toBe('Ask the registry.');
  expect(hintFor(new TestError('DENIED', other))).toMatch(/^Give the account/);
});

test.each([
  ['HTTP_403', hintFor(new TestError('DENIED', ghcr))],
  ['HTTP_401', hintFor(new TestError('UNAUTHORIZED', ghcr))],
  ['HTTP_503', 'Run the job again, and look at the status page of the registry if it stays.'],
])('a refusal without a code of the specification goes by its status: %s', (code, hint) => {
  expect(hintFor(new TestError(code, ghcr))).toBe(hint);
});

test.each([new Error('x'), 'text', undefined])(
  'whatever else was thrown is to be reported',
  (error) => {
    expect(hintFor(error)).toMatch(/^Report it at https:/);
  },
);

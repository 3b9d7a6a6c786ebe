import { type Fault, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from '../actions/act.ts';
import { failureOf } from '../actions/refusal.ts';

const files = { 'out/a.txt': 'a' };
const sources = { files: 'out/*', 'media-types': 'txt=text/plain', record: 'none' };
const otherDigest = `sha256:${'0'.repeat(64)}`;

interface Strike {
  readonly method: string;
  readonly path: RegExp;
  readonly fault: Fault;
}

const always = (method: string, path: RegExp, fault: Fault): Strike => ({
  method,
  path,
  fault: { times: Number.POSITIVE_INFINITY, ...fault },
});

test.each([
  ['a push that is forbidden', always('PUT', /manifests/, { status: 403 }), 'DENIED'],
  ['a manifest that is too large', always('PUT', /manifests/, { status: 413 }), 'HTTP_413'],
  [
    'another digest than that of the manifest',
    always('PUT', /manifests/, { headers: { 'docker-content-digest': otherDigest } }),
    'DIGEST_MISMATCH',
  ],
  [
    'a page of HTML in the place of an answer',
    always('PUT', /manifests/, {
      status: 200,
      body: '<!doctype html>',
      headers: { 'content-type': 'text/html' },
    }),
    'PROTOCOL',
  ],
  [
    'a redirect to a link-local address',
    always('PUT', /manifests/, { status: 307, headers: { location: 'http://169.254.169.254/' } }),
    'PROTOCOL',
  ],
  ['a challenge to nobody', always('*', /^/, { status: 401 }), 'NO_CREDENTIALS'],
])('%s is one error, with its code and what to do', async (_, { method, path, fault }, code) => {
  await using registry = await startRegistry();
  registry.fail(method, path, fault);
  const inputs = { image: `${registry.host}/octo/app`, tags: 'v1', ...sources };

  const failure = failureOf(await act('push-manifest', { files, with: inputs }));

  expect(failure).toMatchObject({ code, hint: expect.stringMatching(/\S/) });
  expect(failure.what).toContain('127.0.0.1');
});

test('what passes by itself is no error, and a warning of the registry is told once', async () => {
  await using registry = await startRegistry();
  const warning = '299 - "this registry closes in May"';
  registry.fail('PUT', /manifests/, { status: 503, headers: { 'retry-after': '1' } });
  registry.fail('*', /^/, { headers: { warning }, times: Number.POSITIVE_INFINITY });
  const inputs = { image: `${registry.host}/octo/app`, tags: 'v1', ...sources };

  const { exitCode, annotations } = await act('push-manifest', { files, with: inputs });

  expect(exitCode).toBe(0);
  expect(registry.tags('octo/app')).toEqual(['v1']);
  const told = annotations.filter(({ message }) => message.includes('closes in May'));
  expect(told.map(({ level }) => level)).toEqual(['notice']);
});

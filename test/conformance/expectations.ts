import { expect, type TestAPI, test } from 'vitest';
import { type Answer, type Bytes, jsonOf, type Repository, textOf } from './repository.ts';
import type { Claims, Target } from './target.ts';

/** A test of something that a registry need not do: skipped by its name where it is not claimed. */
export const testIf = (
  { claims }: Target,
  ...needed: (keyof Claims)[]
): ReturnType<TestAPI['runIf']> => test.runIf(needed.every((claim) => claims[claim]));

/** Insists that a GET and a HEAD of the path agree, and gives the GET's answer. */
export async function readBoth(repository: Repository, path: string): Promise<Answer> {
  const whole = await repository.ask('GET', path);
  const head = await repository.ask('HEAD', path);
  // "the response MUST be 200 OK", and its Content-Length the size (distribution-spec v1.1.1, "Checking if content exists in the registry")
  expect([whole.status, head.status]).toEqual([200, 200]);
  for (const name of ['docker-content-digest', 'content-type']) {
    expect(head.headers.get(name)).toBe(whole.headers.get(name));
  }
  expect(head.headers.get('content-length')).toBe(String(whole.bytes.byteLength));
  return whole;
}

/** Insists that a path has these bytes, and says their digest. Main's "Pulling blobs" and "Pulling manifests" require the header. */
export async function expectStored(
  repository: Repository,
  path: string,
  bytes: Uint8Array,
  digest: string,
): Promise<Answer> {
  const read = await readBoth(repository, path);
  expect(Buffer.from(read.bytes).equals(bytes)).toBe(true);
  expect(read.headers.get('docker-content-digest')).toBe(digest);
  return read;
}

/** Insists that the repository has the blob. */
export async function expectBlob(repository: Repository, bytes: Bytes): Promise<void> {
  const digest = repository.digestOf(bytes);
  await expectStored(repository, `blobs/${digest}`, bytes, digest);
}

/** The codes of distribution-spec v1.1.1, "Error Codes"; "the code field MUST be one of the following". */
const specCodes = [
  'BLOB_UNKNOWN',
  'BLOB_UPLOAD_INVALID',
  'BLOB_UPLOAD_UNKNOWN',
  'DIGEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'SIZE_INVALID',
  'UNAUTHORIZED',
  'DENIED',
  'UNSUPPORTED',
  'TOOMANYREQUESTS',
];

export const strangeCodes = (codes: readonly string[]): string[] =>
  codes.filter((code) => !specCodes.includes(code));

/** The codes of a refusal. Its body may be anything; where it is JSON, it must have the form of "Error Codes". */
export function codesOf(answer: Answer): string[] {
  if (answer.status < 400) return [];
  if (!answer.headers.get('content-type')?.includes('json')) return [];
  expect(jsonOf(answer)).toEqual({ errors: expect.any(Array) });
  const { errors }: { errors: { code: string }[] } = JSON.parse(textOf(answer));
  return errors.map(({ code }) => code);
}

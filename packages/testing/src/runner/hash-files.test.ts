import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashFiles } from './hash-files.ts';
import { temporaryRepository } from './repository.ts';

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  parts.forEach((part) => {
    hash.update(part);
  });
  return hash.digest();
};

test('the digest is over the digests of the files that match, in order', async () => {
  await using folder = await temporaryRepository({ 'b.lock': 'B', 'x/a.lock': 'A', other: '' });

  const digest = hashFiles(folder.path, ['**/*.lock']);

  expect(digest).toBe(sha256(sha256('B'), sha256('A')).toString('hex'));
});

test('an exclusion takes files away, and no match is empty', async () => {
  await using folder = await temporaryRepository({ 'a.lock': 'A' });

  expect(hashFiles(folder.path, ['*.lock', '!a.lock'])).toBe('');
  expect(hashFiles(folder.path, ['*.none'])).toBe('');
});

import { expect, test } from 'vitest';
import { artifactName, groupPrefix, isRecordArtifact } from './artifact-name.ts';

test('a name can be read, and says group, leg and attempt', () => {
  const name = artifactName({ group: 'ghcr.io/acme/app', leg: 'linux/arm64', attempt: 2 });

  expect(name).toMatch(/^oci-matrix-ghcr\.io-acme-app-linux-arm64-[0-9a-f]{10}-a2$/);
  expect(isRecordArtifact(name)).toBe(true);
});

test.each([
  [
    { group: 'a', leg: 'b-c', attempt: 1 },
    { group: 'a-b', leg: 'c', attempt: 1 },
  ],
  [
    { group: 'a', leg: 'x/y', attempt: 1 },
    { group: 'a', leg: 'x:y', attempt: 1 },
  ],
  [
    { group: 'a', leg: 'b', attempt: 1 },
    { group: 'a', leg: 'b', attempt: 2 },
  ],
  [
    { group: 'a', leg: `${'x'.repeat(100)}1`, attempt: 1 },
    { group: 'a', leg: `${'x'.repeat(100)}2`, attempt: 1 },
  ],
])('different legs have different names', (one, other) => {
  expect(artifactName(one)).not.toBe(artifactName(other));
});

test('the service takes every name', () => {
  for (const text of ['', '"<>|*?\r\n\\/', 'ä'.repeat(500), '-'.repeat(500), 'a\u0000b']) {
    expect(artifactName({ group: text, leg: text, attempt: 10 })).toMatch(/^[\w.-]{1,120}$/);
  }
});

test('the names of a group begin with its prefix', () => {
  const group = `${'-long group'.repeat(9)}`;

  expect(artifactName({ group, leg: 'a', attempt: 1 }).startsWith(groupPrefix(group))).toBe(true);
});

import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { findProgram, versionIn } from './programs.ts';

test('a program is found in the first folder that has it, with its version', async () => {
  await using folder = await temporaryDirectory('programs');
  const path = join(folder.path, 'tool');
  await writeFile(path, '#!/bin/sh\necho "tool $1 v1.20.3+ds (2026)"\n');
  expect(findProgram('tool', ['version'], [folder.path])).toBeUndefined();
  await chmod(path, 0o755);

  const found = findProgram('tool', ['version'], ['/nowhere', folder.path]);

  expect(found).toEqual({ path, version: '1.20.3' });
});

test('a version that cannot be read is no reason to leave the program out', () => {
  expect(versionIn('(devel)')).toBe('of unknown version');
});

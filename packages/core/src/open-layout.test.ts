import { cp } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openLayout } from './open-layout.ts';
import { parseSource } from './parse-source.ts';
import { writeLayout } from './test-kit/layout.ts';
import { skopeoLayout } from './test-kit/tool-layouts.ts';

test('what stands behind the path is a name, unless all of it is a path', async () => {
  await using folder = await temporaryDirectory('layout');
  const [plain, colon] = ['out', 'out:1.0'].map((name) => path.join(folder.path, name));
  if (plain === undefined || colon === undefined) throw new Error('no paths');
  await writeLayout(skopeoLayout().layout, plain);

  const entries = async (source: string): Promise<number> =>
    JSON.parse(Buffer.from(await (await openLayout(source)).index()).toString()).manifests.length;

  expect(await entries(`oci:${plain}`)).toBe(1);
  expect(await entries(`oci:${plain}:1.0`)).toBe(1);
  await expect(entries(`oci:${plain}:2.0`)).rejects.toThrow(
    /has no image called "2\.0": it has 1\.0$/,
  );
  await cp(plain, `${plain}:2.0`, { recursive: true });
  expect(await entries(`oci:${plain}:2.0`)).toBe(1);
});

test.each([
  ['docker://alpine:3.22', { registry: 'docker.io', repository: 'library/alpine', tag: '3.22' }],
  ['docker://ghcr.io/acme/app:1', { registry: 'ghcr.io', repository: 'acme/app', tag: '1' }],
])('%s is an image elsewhere', (source, reference) => {
  expect(parseSource(source)).toEqual({ kind: 'repository', reference });
});

test.each([
  ['docker://alpine', 'INPUT_INVALID', /^docker:\/\/alpine in source names no image$/],
  ['docker://Alpine:1', 'INVALID_REFERENCE', /must be lower case/],
  ['docker:alpine:1', 'INPUT_INVALID', /is of no kind we know$/],
  ['docker-archive:', 'INPUT_INVALID', /is of no kind we know$/],
  ['docker-daemon:app', 'INPUT_INVALID', /is of no kind we know$/],
])('%s is no source', (source, code, message) => {
  expect(() => parseSource(source)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  );
});

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { readTarEntries, type TarEntry } from './tar-entries.ts';
import { tarHeader, tarLink, tarOf } from './test-kit/tar.ts';

const files = (...names: readonly string[]): Buffer =>
  tarOf(new Map(names.map((name) => [name, Buffer.from(`content of ${name}`)])), 'gnu');

async function entriesOf(...parts: readonly Buffer[]): Promise<Map<string, TarEntry>> {
  await using folder = await temporaryDirectory('tar');
  const file = path.join(folder.path, 'a.tar');
  await writeFile(file, Buffer.concat(parts));
  return await readTarEntries(file);
}

const long = `${'folder/'.repeat(20)}file`;

test.each([
  ['beside it', tarLink('a/link', 'file'), 'a/file'],
  ['above it', tarLink('a/b/link', '../../file'), 'file'],
  ['from the top', tarLink('a/link', 'b/file', '1'), 'b/file'],
  ['with "./" before it', tarLink('link', './b/./file'), 'b/file'],
  ['of a long name', tarLink('link', long), long],
])('a link leads to the file %s', async (_, link, target) => {
  const name = link.toString('latin1', link.byteLength - 512).replace(/\0.*$/s, '');

  const entries = await entriesOf(link, files(target));

  expect(entries.get(name)).toEqual(entries.get(target));
  expect(entries.get(name)).toBeDefined();
});

test('links of links are followed, and those that go in circles are not there', async () => {
  const links = [tarLink('a', 'b'), tarLink('b', 'file'), tarLink('c', 'd'), tarLink('d', 'c')];

  const entries = await entriesOf(...links, files('file'));

  expect([...entries.keys()].sort()).toEqual(['a', 'b', 'file']);
});

test('a link to an absolute path is none into the archive, whatever lies there', async () => {
  const entries = await entriesOf(tarLink('a/link', '/file'), files('file', 'a/file'));

  expect([...entries.keys()].sort()).toEqual(['a/file', 'file']);
});

test('a link with a size in its header has no content all the same', async () => {
  const link = tarHeader({ name: 'link', size: 4096, type: '1', link: 'file' });

  const entries = await entriesOf(link, files('file'));

  expect(entries.get('link')?.size).toBe('content of file'.length);
});

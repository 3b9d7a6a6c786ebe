import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differences, listFiles, writeFiles } from './file-tree.ts';

const expected = new Map([
  ['action.yml', 'name: Test\n'],
  ['dist/main.js', 'main();\n'],
  ['dist/chunks/core.js', 'core();\n'],
]);

test('what was written does not differ', async () => {
  await using root = await mkdtempDisposable(join(tmpdir(), 'tree-'));

  await writeFiles(root.path, expected, ['dist']);

  expect(await differences(root.path, expected, ['dist'])).toEqual([]);
});

test('a changed byte, a missing file and a stranger are named', async () => {
  await using root = await mkdtempDisposable(join(tmpdir(), 'tree-'));
  await mkdir(join(root.path, 'dist/chunks'), { recursive: true });
  await writeFile(join(root.path, 'action.yml'), 'name: Test\r\n');
  await writeFile(join(root.path, 'dist/main.js'), 'main();\n');
  await writeFile(join(root.path, 'dist/chunks/old.js'), '');

  expect(await differences(root.path, expected, ['dist'])).toEqual([
    'action.yml is out of date',
    'dist/chunks/core.js is missing',
    'dist/chunks/old.js is too many',
  ]);
});

test('writing removes strangers from the folders that are ours alone', async () => {
  await using root = await mkdtempDisposable(join(tmpdir(), 'tree-'));
  await mkdir(join(root.path, 'dist'));
  await writeFile(join(root.path, 'dist/old.js'), '');
  await writeFile(join(root.path, 'notes.txt'), '');

  await writeFiles(root.path, expected, ['dist']);

  expect(await listFiles(root.path)).toEqual([...expected.keys(), 'notes.txt'].sort());
});

import { mkdir, mkdtempDisposable, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { expandFiles } from './files.ts';

interface Workspace extends AsyncDisposable {
  readonly path: string;
  /** The paths as they were given here. */
  expand(...lines: string[]): Promise<readonly string[]>;
}

async function workspaceWith(...files: string[]): Promise<Workspace> {
  const folder = await mkdtempDisposable(join(await realpath(tmpdir()), 'files-'));
  // Characters of patterns in the path of the workspace itself must not matter.
  const path = join(folder.path, 'a [b] #c');
  for (const file of files) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), file);
  }
  return {
    path,
    expand: async (...lines) => {
      const listed = await expandFiles(lines, path);
      return listed.map(({ path: file, mediaType }) =>
        [file.slice(path.length + 1), mediaType].filter(Boolean).join(' as '),
      );
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('files come sorted, each once, and folders not at all', async () => {
  await using workspace = await workspaceWith('b.txt', 'a.txt', 'sub/c.txt');

  expect(await workspace.expand('*', 'b.txt')).toEqual(['a.txt', 'b.txt']);
  expect(await workspace.expand('**')).toEqual(['a.txt', 'b.txt', 'sub/c.txt']);
  expect(await workspace.expand('./sub/../a.txt')).toEqual(['a.txt']);
});

test('a pattern with ! takes back what the lines before it named', async () => {
  await using workspace = await workspaceWith('a.txt', 'b.txt', 'c.md');

  expect(await workspace.expand('*', '!b.*', 'c.md')).toEqual(['a.txt', 'c.md']);
  expect(await workspace.expand('a.txt', 'b.txt', '!b.*')).toEqual(['a.txt']);
});

test('a file whose name looks like a pattern or a comment is that file', async () => {
  await using workspace = await workspaceWith('a[1].txt', 'a1.txt', '#x', 'c*', 'cc');

  expect(await workspace.expand('a[1].txt')).toEqual(['a[1].txt']);
  expect(await workspace.expand('#x')).toEqual(['#x']);
  expect(await workspace.expand('c*')).toEqual(['c*']);
});

test('a media type behind a pattern is that of all its files', async () => {
  await using workspace = await workspaceWith('a.json', 'b.json', 'c.raw');

  expect(
    await workspace.expand('*.json:application/json', 'c.raw:application/vnd.acme.raw+zstd', '*'),
  ).toEqual([
    'a.json as application/json',
    'b.json as application/json',
    'c.raw as application/vnd.acme.raw+zstd',
  ]);
});

test('a colon that no media type follows belongs to the path', async () => {
  await using workspace = await workspaceWith('a:b', 'x:y/z');

  expect(await workspace.expand('a:b', 'x:y/z')).toEqual(['a:b', 'x:y/z']);
});

test.each([
  ['nothing.txt', 'no file matches "nothing.txt"'],
  ['*.iso', 'no file matches "*.iso"'],
  ['sub', '"sub" is a directory'],
  ['broken', 'no file matches "broken"'],
])('a line that names no file is refused: %s', async (line, reason) => {
  await using workspace = await workspaceWith('a.txt', 'sub/c.txt');
  await symlink('nowhere', join(workspace.path, 'broken'));

  await expect(workspace.expand('a.txt', line)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: `input "files": ${reason}`,
  });
});

test('two media types for one file are refused', async () => {
  await using workspace = await workspaceWith('a.txt');

  await expect(workspace.expand('*:text/plain', 'a.txt:text/html')).rejects.toThrow(
    /two media types, text\/plain and text\/html$/,
  );
});

import { spawnSync } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporaryDirectory, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { build } from '../packages/dev/src/bundle/build.ts';
import { differences, listFiles, writeFiles } from '../packages/dev/src/generate/file-tree.ts';
import { bundledPackages, loadedAtStart, loadedLater } from './bundles.ts';

const root = join(import.meta.dirname, '..');

async function textsOf(folder: string): Promise<Map<string, string>> {
  const paths = (await listFiles(join(folder, 'dist'))).map((path) => `dist/${path}`);
  const texts = paths.map(
    async (path) => [path, await readFile(join(folder, path), 'utf8')] as const,
  );
  return new Map(await Promise.all(texts));
}

test('dist is what the sources give, byte for byte', async () => {
  await using elsewhere = await temporaryDirectory('dist');

  await writeFiles(elsewhere.path, await build(root), []);

  const [built, committed] = await Promise.all([textsOf(elsewhere.path), textsOf(root)]);
  expect([...committed.keys()]).toEqual([...built.keys()]);
  const different = [...built].filter(([path, text]) => committed.get(path) !== text);
  expect(different.map(([path]) => path)).toEqual([]);
});

async function copyOfDist(): Promise<TemporaryDirectory> {
  const copy = await temporaryDirectory('dist');
  await cp(join(root, 'dist'), join(copy.path, 'dist'), { recursive: true });
  return copy;
}

test('a planted change, a file too many and a missing one are each named', async () => {
  await using copy = await copyOfDist();
  const files = new Map<string, string>(await textsOf(root));
  const inDist = (name: string): string => join(copy.path, 'dist', name);
  await writeFile(inDist('chunks/oci-matrix.js'), 'fetch("https://example.org");', { flag: 'a' });
  await writeFile(inDist('chunks/extra.js'), '');
  await rm(inDist('publish.js'));

  const found = await differences(copy.path, files, ['dist']);

  expect(found).toEqual([
    'dist/chunks/extra.js is too many',
    'dist/chunks/oci-matrix.js is out of date',
    'dist/publish.js is missing',
  ]);
});

test('no file of dist names a place on the machine that built it', async () => {
  const texts = await textsOf(root);
  const places = [root, homedir(), tmpdir(), 'file:///'].filter((place) => place.length > 1);

  const found = [...texts].flatMap(([path, text]) =>
    places.filter((place) => text.includes(`${place}/`)).map((place) => `${path}: ${place}`),
  );

  expect(found).toEqual([]);
});

test('dist can be read: nothing in it is minified', async () => {
  const texts = await textsOf(root);
  const scripts = [...texts].filter(([path]) => path.endsWith('.js'));

  for (const [path, text] of scripts) {
    const lines = text.split('\n');
    expect(text.length / lines.length, path).toBeLessThan(80);
    // Long lines are the lists of imports, and texts in quotes, such as the parsers that undici carries.
    const code = lines.filter(
      (line) => line.length > 500 && !/^(?:im|ex)port \{|"[^"]{400,}"/.test(line),
    );
    expect(
      code.filter((line) => line.split(';').length > 5).map((line) => line.slice(0, 80)),
      path,
    ).toEqual([]);
  }
  expect(texts.get('dist/chunks/oci-matrix.js')).toContain('/** Every code that an error');
});

test('the licence of every package in dist is there', async () => {
  const texts = await textsOf(root);
  const licences = texts.get('dist/LICENSES.txt') ?? '';

  const names = [...bundledPackages(texts)];

  expect(names).toEqual(
    expect.arrayContaining(['zod', 'p-map', '@actions/artifact', '@actions/glob']),
  );
  const without = names.filter(
    (name) => !licences.match(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+`, 'm')),
  );
  expect(without).toEqual([]);
  // Published without one; what their package.json says is all there is.
  expect([...licences.matchAll(/^(.+) comes without a text/gm)].map(([, name]) => name)).toEqual([
    '@sigstore/verify',
    'binary',
    'buffers',
    'chainsaw',
  ]);
});

// The only ones that need what reads layers, and what decides by it.
const measuring = new Set(['dist/check-fit.js', 'dist/measure-layers.js']);

test('an action starts without what measures and what signs, the artifact client and the patterns, and can load them', async () => {
  const texts = await textsOf(root);
  const entries = [...texts.keys()].filter((path) => /^dist\/[\w-]+\.js$/.test(path));

  for (const entry of entries) {
    const atStart = loadedAtStart(texts, entry);
    expect([...atStart].sort(), entry).toEqual(
      [
        'dist/chunks/dependencies.js',
        'dist/chunks/oci-matrix.js',
        'dist/chunks/runtime.js',
        ...(measuring.has(entry) ? ['dist/chunks/oci-matrix-layers.js'] : []),
        entry,
      ].sort(),
    );
    expect([...loadedLater(texts, atStart)].sort(), entry).toEqual([
      'dist/chunks/actions-artifact.js',
      'dist/chunks/actions-glob.js',
      'dist/chunks/signing-index.js',
    ]);
  }
  expect(entries).toContain('dist/push-manifest.js');
});

test('Node loads no other file for a push that is refused at once', () => {
  const hook = `
    import { registerHooks } from 'node:module';
    registerHooks({ load: (url, context, next) => { if (url.startsWith('file:')) console.error(url); return next(url, context); } });`;

  const { stderr, status } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(hook)}`,
      join(root, 'dist/push-manifest.js'),
    ],
    { encoding: 'utf8', env: {} },
  );

  expect(status).toBe(1);
  expect(stderr).toMatch(/oci-matrix\.js\n/);
  expect(stderr).not.toMatch(/artifact/);
});

test('the Node that runs dist needs nothing else of the repository', async () => {
  await using copy = await copyOfDist();

  const { stdout, status } = spawnSync(process.execPath, [join(copy.path, 'dist/publish.js')], {
    encoding: 'utf8',
    env: {},
    cwd: copy.path,
  });

  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error title=INPUT_INVALID::.*input "image": is required/m);
});

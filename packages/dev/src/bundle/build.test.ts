import { spawn } from 'node:child_process';
import { mkdir, mkdtempDisposable, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { writeFiles } from '../generate/file-tree.ts';
import { build } from './build.ts';

const repository = join(import.meta.dirname, '../../../..');

const source = (name: string): string => `
  import { defineAction, runAction, uploadRecord } from '@oci-matrix/github';
  class NamedError extends Error {}
  const contract = defineAction({ name: '', description: '', inputs: {}, outputs: { name: '' } });
  await runAction(contract, async (_, { env }) => {
    if (env.LEG) await uploadRecord({ group: '${name}', leg: env.LEG, attempt: 1, json: '{}' });
    return { outputs: { name: NamedError.name } };
  });
`;

async function checkout(): Promise<AsyncDisposable & { readonly path: string }> {
  const root = await mkdtempDisposable(join(tmpdir(), 'bundle-'));
  for (const name of ['one', 'two']) {
    await mkdir(join(root.path, 'actions', name), { recursive: true });
    await writeFile(join(root.path, 'actions', name, 'main.ts'), source(name));
  }
  for (const name of ['node_modules', 'packages']) {
    await symlink(join(repository, name), join(root.path, name));
  }
  return root;
}

test('a bundle runs on its own, and loads the artifact client only when it is wanted', async () => {
  await using root = await checkout();
  await using elsewhere = await mkdtempDisposable(join(tmpdir(), 'bundled-'));

  const files = await build(root.path);
  await writeFiles(elsewhere.path, files, []);

  const child = spawn(process.execPath, [join(elsewhere.path, 'dist/one.js')], { env: {} });
  expect(await text(child.stdout)).toBe('name=NamedError\n');
  expect([...files.keys()].sort()).toEqual([
    'dist/LICENSES.txt',
    'dist/chunks/actions-artifact.js',
    'dist/chunks/oci-matrix.js',
    'dist/chunks/runtime.js',
    'dist/one.js',
    'dist/package.json',
    'dist/two.js',
  ]);
  expect(files.get('dist/chunks/oci-matrix.js')).toContain('import("./actions-artifact.js")');
  expect(files.get('dist/LICENSES.txt')).toMatch(/^@actions\/artifact \d+\.\d+\.\d+ \(MIT\)\n\n/);
});

test('the bytes of a bundle do not depend on where it is built', async () => {
  await using here = await checkout();
  await using there = await checkout();

  expect([...(await build(here.path))]).toEqual([...(await build(there.path))]);
});

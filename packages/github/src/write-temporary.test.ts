import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeTemporary } from './write-temporary.ts';

test('a file for later steps lies in the folder of the runner, which is made if need be', async () => {
  await using root = await mkdtempDisposable(path.join(tmpdir(), 'temporary-'));
  const folder = path.join(root.path, 'not', 'there');

  const file = await writeTemporary('a.json', '{}', { RUNNER_TEMP: folder });

  expect(file).toBe(path.join(folder, 'a.json'));
  expect(await readFile(file, 'utf8')).toBe('{}');
});

test.each(['../../etc/passwd', 'acme/app', 'a b\n.json', '/root'])(
  'the name %j does not lead out of the folder',
  async (name) => {
    await using root = await mkdtempDisposable(path.join(tmpdir(), 'temporary-'));

    const file = await writeTemporary(name, 'x', { RUNNER_TEMP: root.path });

    expect(path.dirname(file)).toBe(root.path);
    expect(await readdir(root.path)).toEqual([path.basename(file)]);
    expect(path.basename(file)).toMatch(/^[A-Za-z0-9._-]+$/);
  },
);

test('bytes are written as they are, over what an earlier step wrote', async () => {
  await using root = await mkdtempDisposable(path.join(tmpdir(), 'temporary-'));
  const env = { RUNNER_TEMP: root.path };
  await writeTemporary('a', 'long before', env);

  const file = await writeTemporary('a', new Uint8Array([0, 255]), env);

  expect([...(await readFile(file))]).toEqual([0, 255]);
});

import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';

const prefix = join(tmpdir(), 'generate-');

test('publish is also the action of the root', async () => {
  await using root = await mkdtempDisposable(prefix);
  for (const name of ['publish', 'push']) {
    const folder = join(root.path, 'actions', name);
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'contract.ts'),
      `export { contract } from ${JSON.stringify(import.meta.resolve('./test-contract.ts'))};\n`,
    );
  }

  const files = await generatedFiles(root.path);

  expect([...files.keys()].sort()).toEqual([
    'action.yml',
    'actions/publish/README.md',
    'actions/publish/action.yml',
    'actions/push/README.md',
    'actions/push/action.yml',
  ]);
  expect(files.get('action.yml')).toContain('main: dist/publish.js\n');
  expect(files.get('actions/push/action.yml')).toContain('main: ../../dist/push.js\n');
});

import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { licencesOf } from './licences.ts';

async function install(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, 'node_modules', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

test('every package of a module is there once, sorted, with its text', async () => {
  await using root = await mkdtempDisposable(join(tmpdir(), 'licences-'));
  await install(root.path, {
    'b/package.json': '{"name":"b","version":"2.0.0","license":"MIT"}',
    'b/LICENSE.md': 'The text of b.\r\n',
    '@a/x/package.json': '{"name":"@a/x","version":"1.0.0","license":"ISC"}',
    '@a/x/README.md': '# x\n\nGood.\n\n## License\n\nThe text of x.\n',
    'unused/package.json': '{"name":"unused","version":"1.0.0"}',
  });
  const modules = ['b/index.js', 'b/lib/deep.js', '@a/x/index.js'];

  const licences = await licencesOf([
    '\0rolldown/runtime.js',
    join(root.path, 'packages/core/src/index.ts'),
    ...modules.map((path) => join(root.path, 'node_modules', path)),
  ]);

  expect(licences).toBe(
    `@a/x 1.0.0 (ISC)\n\n## License\n\nThe text of x.\n\n${'-'.repeat(80)}\n\nb 2.0.0 (MIT)\n\nThe text of b.\n`,
  );
});

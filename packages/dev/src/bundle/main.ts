import { join } from 'node:path';
import { differences, writeFiles } from '../generate/file-tree.ts';
import { build } from './build.ts';

const root = join(import.meta.dirname, '../../../..');
const files = await build(root);

if (process.argv.includes('--check')) {
  const lines = await differences(root, files, ['dist']);
  if (lines.length > 0) {
    console.error([...lines, 'Run "npm run build", and commit what it writes.'].join('\n'));
    process.exitCode = 1;
  }
} else {
  await writeFiles(root, files, ['dist']);
}

import { join } from 'node:path';
import { differences, writeFiles } from './file-tree.ts';
import { generatedFiles } from './generated-files.ts';

const root = join(import.meta.dirname, '../../../..');
const files = await generatedFiles(root);

if (process.argv.includes('--check')) {
  const lines = await differences(root, files, ['schemas']);
  if (lines.length > 0) {
    console.error([...lines, 'Run "npm run generate", and commit what it writes.'].join('\n'));
    process.exitCode = 1;
  }
} else {
  await writeFiles(root, files, ['schemas']);
}

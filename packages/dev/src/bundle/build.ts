import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type OutputChunk, type RolldownOutput, rolldown } from 'rolldown';
import { actionsWith } from '../generate/contracts.ts';
import type { FileTree } from '../generate/file-tree.ts';
import { chunkName, layers, others, ours } from './chunk-name.ts';
import { licencesOf } from './licences.ts';

/** Bundles every action of a checkout: the files of `dist/`, the same bytes wherever that is. */
export async function build(checkout: string): Promise<FileTree> {
  const root = await realpath(checkout);
  const names = await actionsWith(root, 'main.ts');
  const input = Object.fromEntries(
    names.map((name) => [name, join(root, 'actions', name, 'main.ts')]),
  );
  const chunks = names.length === 0 ? [] : chunksOf(await bundle(root, input));
  const files = new Map<string, string>([
    ['dist/LICENSES.txt', await licencesOf(chunks.flatMap(({ moduleIds }) => moduleIds))],
    ['dist/package.json', '{ "type": "module" }\n'],
  ]);
  for (const { fileName, code } of chunks) {
    if (code.includes(root)) throw new Error(`dist/${fileName} contains the path of the checkout`);
    files.set(`dist/${fileName}`, code);
  }
  return files;
}

async function bundle(root: string, input: Record<string, string>): Promise<RolldownOutput> {
  await using build = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    // Nobody imports from an entry: the bundler may put its modules where they serve best.
    preserveEntrySignatures: false,
    transform: { target: 'node24' },
    onwarn: (warning) => {
      throw new Error(`rolldown: ${warning.message}`);
    },
  });
  return await build.generate({
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: (chunk) => `chunks/${chunkName(chunk)}.js`,
    // Few chunks, whatever is shared by how many actions: what we wrote, what we use of others, what only the actions that
    // measure need, and, left to the bundler, what is behind an import() because few need it.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          name: layers,
          tags: ['$initial'],
          test: /[\\/]core[\\/]src[\\/]layers[\\/]/,
          priority: 3,
        },
        { name: others, tags: ['$initial'], test: /[\\/]node_modules[\\/]/, priority: 2 },
        { name: ours, tags: ['$initial'], test: /[\\/]packages[\\/]/, priority: 1 },
      ],
    },
    keepNames: true,
    minify: false,
    sourcemap: false,
  });
}

const chunksOf = ({ output }: RolldownOutput): OutputChunk[] =>
  output.filter((file) => file.type === 'chunk');

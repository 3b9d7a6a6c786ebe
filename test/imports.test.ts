import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, type Source, violationsOf } from './violations.ts';

const root = new URL('..', import.meta.url);

const sources: readonly Source[] = globSync(
  ['{packages,actions,test}/**/*.{ts,mts,cts,js,mjs,cjs}', '*.{ts,mts,js,mjs}'],
  { cwd: root, exclude: ['**/node_modules/**'] },
).map((file) => ({
  path: file.split(sep).join('/'),
  text: readFileSync(new URL(file.split(sep).join('/'), root), 'utf8'),
}));

test('every source keeps to its place in the house', () => {
  const found = sources.flatMap(violationsOf);

  expect(found).toEqual([]);
});

test('every package and every action is looked at', () => {
  const folders = new Set(sources.map(({ path }) => folderOf(path)));

  expect([...folders]).toEqual(expect.arrayContaining(['packages/oci', 'packages/core']));
  expect([...folders]).toEqual(expect.arrayContaining(['packages/dev', 'actions/publish']));
  expect(sources.length).toBeGreaterThan(100);
});

// The word is put together here, or this file would break the very rule.
const vi = 'v'.concat('i');
const exported = 'export '.concat('default');

test.each([
  [
    'oci uses a module of Node but crypto',
    'packages/oci/src/a.ts',
    "import 'node:fs';",
    'imports node:fs',
  ],
  ['oci uses a package', 'packages/oci/src/a.ts', "import { z } from 'zod';", 'imports zod'],
  [
    'the client knows of GitHub',
    'packages/distribution/src/a.ts',
    "import * as c from '@actions/core';",
    'imports @actions/core',
  ],
  [
    'the client knows the use-cases',
    'packages/distribution/src/a.ts',
    "export { a } from '@oci-matrix/core';",
    'imports @oci-matrix/core',
  ],
  [
    'core talks HTTP by itself',
    'packages/core/src/a.ts',
    "import { request } from 'node:https';",
    'imports node:https',
  ],
  [
    'core knows that Actions exists',
    'packages/core/src/a.ts',
    "import { input } from '@oci-matrix/github';",
    'imports @oci-matrix/github',
  ],
  [
    'core imports a file of another package',
    'packages/core/src/a.ts',
    "import '../../oci/src/b.ts';",
    'imports packages/oci/src/b.ts, which is not in packages/core',
  ],
  [
    'core reaches behind an entry',
    'packages/core/src/a.ts',
    "import '@oci-matrix/oci/src/b.ts';",
    'imports @oci-matrix/oci/src/b.ts',
  ],
  [
    'github sees a registry',
    'packages/github/src/a.ts',
    "import { openClient } from '@oci-matrix/distribution';",
    'imports @oci-matrix/distribution',
  ],
  [
    'github talks HTTP by itself',
    'packages/github/src/a.ts',
    "const http = await import('undici');",
    'imports undici',
  ],
  [
    'the fake is made from the client',
    'packages/testing/src/a.ts',
    "import type { Client } from '@oci-matrix/distribution';",
    'imports @oci-matrix/distribution',
  ],
  [
    'the runner uses the toolkit',
    'packages/testing/src/a.ts',
    "import { getInput } from '@actions/core';",
    'imports @actions/core',
  ],
  [
    'dev uses the client',
    'packages/dev/src/a.ts',
    "import { openClient } from '@oci-matrix/distribution';",
    'imports @oci-matrix/distribution',
  ],
  [
    'an action runs the client',
    'actions/publish/run.ts',
    "import { openClient } from '@oci-matrix/distribution';",
    'imports @oci-matrix/distribution',
  ],
  [
    'an action mixes a value with types',
    'actions/publish/run.ts',
    "import { type Client, openClient } from '@oci-matrix/distribution';",
    'imports @oci-matrix/distribution',
  ],
  [
    'an action uses the toolkit',
    'actions/publish/run.ts',
    "import { glob } from '@actions/glob';",
    'imports @actions/glob',
  ],
  [
    'an action imports another',
    'actions/publish/run.ts',
    "import {\n  run,\n} from '../update-index/run.ts';",
    'imports actions/update-index/run.ts, which is not in actions/publish',
  ],
  [
    'an import is computed',
    'actions/publish/run.ts',
    'await import(name);',
    'imports what this test cannot see',
  ],
  ['a package has no rule', 'packages/new/src/a.ts', "import 'node:fs';", 'imports node:fs'],
  [
    'a test replaces a module',
    'packages/core/src/a.test.ts',
    `${vi}.mock('./b.ts');`,
    `uses ${vi}.mock`,
  ],
  [
    'a test watches a function',
    'test/flows/a.test.ts',
    `${vi}.spyOn(console, 'log');`,
    `uses ${vi}.spyOn`,
  ],
  ['a file is long', 'packages/core/src/a.test.ts', 'a;\n'.repeat(251), 'has 251 lines'],
  ['a file is named utils', 'packages/core/src/utils.ts', '', 'is named after nothing'],
  ['a file of a test is named helper', 'test/flows/helper.ts', '', 'is named after nothing'],
  [
    'a source has a default export',
    'packages/core/src/a.ts',
    `${exported} 1;`,
    'has a default export',
  ],
  [
    'a default export is a second name',
    'packages/core/src/a.ts',
    `export { a as ${'default'} };`,
    'has a default export',
  ],
  [
    'a config beside the sources has one',
    'packages/core/vitest.config.ts',
    `${exported} {};`,
    'has a default export',
  ],
])('it is noticed when %s', (_, path, text, fault) => {
  expect(violationsOf({ path, text })).toEqual([`${path} ${fault}`]);
});

test.each([
  [
    'an action names a type of the client',
    'actions/publish/run.ts',
    "import type { Client } from '@oci-matrix/distribution';",
  ],
  [
    'an action names types among values',
    'actions/publish/run.ts',
    "import { type Client, type Blobs } from '@oci-matrix/distribution';",
  ],
  [
    'an action imports its own files',
    'actions/publish/run.ts',
    "import { summary } from './summary.ts';",
  ],
  [
    'a test starts the fake',
    'packages/distribution/src/a.test.ts',
    "import { startRegistry } from '@oci-matrix/testing';",
  ],
  [
    'the runner reads a module below the parser',
    'packages/testing/src/a.ts',
    "import { a } from '@actions/workflow-parser/model/a';",
  ],
  [
    'dev loads what it generates from',
    'packages/dev/src/a.ts',
    'const loaded = await import(file);',
  ],
  ['a config has a default export', 'vitest.config.ts', `${exported} {};`],
])('it is fine when %s', (_, path, text) => {
  expect(violationsOf({ path, text })).toEqual([]);
});

import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TemporaryDirectory, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { actionYaml } from '../packages/dev/src/generate/action-yaml.ts';
import { loadContracts } from '../packages/dev/src/generate/contracts.ts';
import { differences } from '../packages/dev/src/generate/file-tree.ts';
import { generatedFiles } from '../packages/dev/src/generate/generated-files.ts';

const root = join(import.meta.dirname, '..');

test('what is generated from the contracts is what lies in the repository', async () => {
  const files = await generatedFiles(root);

  expect(await differences(root, files, ['schemas'])).toEqual([]);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['action.yml', 'actions/publish/README.md', 'schemas/records-v1.json']),
  );
});

/** A copy of the generated files alone. */
async function copyOf(files: ReadonlyMap<string, unknown>): Promise<TemporaryDirectory> {
  const folder = await temporaryDirectory('generated');
  for (const path of files.keys()) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await copyFile(join(root, path), join(folder.path, path));
  }
  return folder;
}

test.each([
  'action.yml',
  'actions/push-manifest/action.yml',
  'actions/update-index/README.md',
  'schemas/leg-record-v1.json',
])('%s with one other byte is reported', async (path) => {
  const files = await generatedFiles(root);
  await using copy = await copyOf(files);
  const text = await readFile(join(copy.path, path), 'utf8');
  await writeFile(join(copy.path, path), text.replace('a', 'b'));

  const found = await differences(copy.path, files, ['schemas']);

  expect(found).toEqual([`${path} is out of date`]);
});

test('a file that is not there and one too many are reported', async () => {
  const files = await generatedFiles(root);
  await using copy = await copyOf(files);
  await rm(join(copy.path, 'action.yml'));
  await writeFile(join(copy.path, 'schemas/other.json'), '{}');

  const found = await differences(copy.path, files, ['schemas']);

  expect(found).toEqual(['action.yml is missing', 'schemas/other.json is too many']);
});

test('an input that a contract gains is missed in the action and in its README', async () => {
  const contracts = await loadContracts(root);
  const contract = contracts.get('publish');
  if (contract === undefined) throw new Error('there is no publish');
  const { image, ...others } = contract.inputs;
  const grown = { ...contract, inputs: { ...others, picture: image } };

  const yaml = parse(actionYaml(grown as typeof contract, 'dist/publish.js'));

  const actual = parse(await readFile(join(root, 'action.yml'), 'utf8'));
  expect(Object.keys(actual.inputs)).toContain('image');
  expect(Object.keys(yaml.inputs)).not.toContain('image');
  expect(Object.keys(yaml.inputs)).toContain('picture');
});

interface ActionFile {
  readonly description: string;
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

test('every action says what all its inputs and outputs are, and runs a file that is there', async () => {
  for (const name of (await loadContracts(root)).keys()) {
    const folder = join(root, 'actions', name);
    const { runs, inputs, outputs, description }: ActionFile = parse(
      await readFile(join(folder, 'action.yml'), 'utf8'),
    );
    const texts = [{ description }, ...Object.values(inputs), ...Object.values(outputs)];

    expect(runs).toEqual({ using: 'node24', main: `../../dist/${name}.js` });
    await expect(readFile(join(folder, runs.main))).resolves.toBeDefined();
    expect(texts.map((each) => each.description)).toEqual(
      texts.map(() => expect.stringMatching(/^[A-Z`].*\.$/s)),
    );
  }
});

test('what names a leg fills itself, and is nothing for a README', async () => {
  const yaml = parse(await readFile(join(root, 'actions/push-manifest/action.yml'), 'utf8'));
  const readme = await readFile(join(root, 'actions/push-manifest/README.md'), 'utf8');

  expect(yaml.inputs['leg-index'].default).toBe('$'.concat('{{ strategy.job-index }}'));
  expect(yaml.inputs.matrix.default).toBe('$'.concat('{{ toJSON(matrix) }}'));
  expect(readme).not.toContain('leg-index');
});

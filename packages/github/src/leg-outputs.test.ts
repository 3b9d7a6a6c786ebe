import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeLegOutputs } from './leg-outputs.ts';

async function written(
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<readonly string[]> {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'outputs-'));
  const file = path.join(folder.path, 'output');
  writeLegOutputs(outputs, { env: { GITHUB_OUTPUT: file } });
  const text = await readFile(file, 'utf8').catch(() => '');
  return [...text.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(
    ([, name, , value]) => `${name}=${value}`,
  );
}

test('everything that a leg recorded is an output by the names of both', async () => {
  expect(await written({ kvm: { size: '1', 'a_b.c-d': 'x\ny' }, metal: { size: '' } })).toEqual([
    'kvm.size=1',
    'kvm.a_b.c-d=x\ny',
    'metal.size=',
  ]);
});

test.each([
  ['with white space', { 'a b': { c: '1' } }],
  ['with the signs of the file of outputs', { 'a<<b': { c: '1' }, 'a\nb=': { c: '1' } }],
  ['of nothing', { '': { '': '1', a: '1' }, a: { '': '1' } }],
  ['that two legs would share', { 'a.b': { c: '1' }, a: { 'b.c': '2' } }],
])('a name %s is left to the JSON', async (_, outputs) => {
  expect(await written({ ...outputs, ok: { key: '1' } })).toEqual(['ok.key=1']);
});

test('without a file of outputs nothing is written', () => {
  expect(() => writeLegOutputs({ a: { b: '1' } }, { env: {} })).not.toThrow();
});

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { writeLegs } from './leg-files.ts';

test('a leg has 15 files of up to 60 kB, three of them empty', async () => {
  await using folder = await temporaryDirectory('legs');

  const [leg] = await writeLegs(folder.path, 'seed', 1);
  const paths = leg?.files.map((file) => join(leg.folder, file)) ?? [];
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));

  expect(sizes.slice(0, 4)).toEqual([0, 0, 0, 5000]);
  expect(sizes.slice(3)).toEqual(Array.from({ length: 12 }, (_, at) => (at + 1) * 5000));
});

test('no two legs have the same content', async () => {
  await using folder = await temporaryDirectory('legs');

  const legs = await writeLegs(folder.path, 'seed', 2);
  const [first, second] = await Promise.all(
    legs.map(({ folder, files }) => readFile(join(folder, files.at(-1) ?? ''))),
  );

  expect(first).not.toEqual(second);
  expect(legs.map(({ name, position, total }) => [name, position, total])).toEqual([
    ['leg-00', 0, 2],
    ['leg-01', 1, 2],
  ]);
});

import { expect, test } from 'vitest';
import { sparseFilter } from './sparse-checkout.ts';

const files = [
  'README.md',
  'docs/a.md',
  'examples/other.yml',
  'examples/os/build.sh',
  'examples/os/deep/x',
  'src/y',
];

test('without folders everything comes', () => {
  expect(sparseFilter({})).toBeUndefined();
});

test('a folder comes with what lies beside it on the way to the root', () => {
  const filter = sparseFilter({ 'sparse-checkout': 'examples/os\n' });

  expect(files.filter((file) => filter?.(file))).toEqual([
    'README.md',
    'examples/other.yml',
    'examples/os/build.sh',
    'examples/os/deep/x',
  ]);
});

test('a pattern is refused, since only folders are understood', () => {
  expect(() => sparseFilter({ 'sparse-checkout': '*.md' })).toThrow('patterns in sparse-checkout');
});

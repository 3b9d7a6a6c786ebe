import { expect, test } from 'vitest';
import { renderTable } from './table.ts';

test('columns are as wide as what is in them', () => {
  const columns = [
    { title: 'Client', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;

  expect(renderTable(columns, [['ours', '20'], ['a longer name', '1152'], ['short']])).toBe(
    [
      '| Client        |    n |',
      '| ------------- | ---: |',
      '| ours          |   20 |',
      '| a longer name | 1152 |',
      '| short         |      |',
    ].join('\n'),
  );
});

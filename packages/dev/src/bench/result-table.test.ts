import { expect, test } from 'vitest';
import { formatWall, renderResults } from './result-table.ts';

const summary = {
  wall: 1234,
  memory: 52_428_800,
  requests: { HEAD: 1, POST: 9, PUT: 10.5, DELETE: 1 },
  bytesUp: 8_388_608,
};

test('a line has the requests by kind, the ratios, and what became of the targets', () => {
  const [, , line] = renderResults([
    {
      work: 'c',
      client: 'ours',
      summary,
      toBestPeer: 0.654,
      toPlain: undefined,
      targets: [
        { text: 'no blob is sent', isMet: false },
        { text: 'at most 0.6 × the best peer', isMet: true },
      ],
    },
  ]).split('\n');

  expect(line?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    ...['ours', '1', '0', '9', '0', '10.5', '21.5'],
    ...['8.0 MiB', '1.23 s', '0.65', '–', '50 MiB'],
    'no blob is sent: **missed**; at most 0.6 × the best peer: met',
    '',
  ]);
});

test.each([
  [0.4, '0 ms'],
  [999, '999 ms'],
  [1000, '1.00 s'],
])('%d ms are written as %s', (milliseconds, text) => {
  expect(formatWall(milliseconds)).toBe(text);
});

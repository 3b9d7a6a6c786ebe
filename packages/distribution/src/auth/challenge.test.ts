import { expect, test } from 'vitest';
import { parseChallenges } from './challenge.ts';

const read = (...headers: string[]): unknown =>
  parseChallenges(headers).map(({ scheme, parameters }) => [
    scheme,
    Object.fromEntries(parameters),
  ]);

test.each([
  ['Basic', [['basic', {}]]],
  ['Basic realm="x"', [['basic', { realm: 'x' }]]],
  [
    'Bearer realm="https://a/token",service="a",scope="repository:x:pull,push"',
    [['bearer', { realm: 'https://a/token', service: 'a', scope: 'repository:x:pull,push' }]],
  ],
  ['BEARER Realm = "x" , SERVICE=a', [['bearer', { realm: 'x', service: 'a' }]]],
  ['Bearer realm=https://a/token?x=1', [['bearer', { realm: 'https://a/token?x=1' }]]],
  ['Bearer realm="a \\"b\\" \\\\c"', [['bearer', { realm: 'a "b" \\c' }]]],
  ['Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
  [
    'Negotiate, Basic realm="x", Bearer realm="y",service="z"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
      ['bearer', { realm: 'y', service: 'z' }],
    ],
  ],
  [
    'Negotiate YWJj==, Bearer realm="y"',
    [
      ['negotiate', {}],
      ['bearer', { realm: 'y' }],
    ],
  ],
  ['Bearer realm="open', [['bearer', {}]]],
  ['Basic realm="x", ???"', [['basic', { realm: 'x' }]]],
  ['', []],
  ['"', []],
])('reads %s', (header, challenges) => {
  expect(read(header)).toEqual(challenges);
});

test('reads every header', () => {
  expect(read('Basic realm="x"', 'Bearer realm="y"')).toEqual([
    ['basic', { realm: 'x' }],
    ['bearer', { realm: 'y' }],
  ]);
});

test('a long header that is none takes no time', () => {
  const start = performance.now();

  read(`Bearer ${'a="\\'.repeat(4000)}`, `${'a ,'.repeat(5000)}`, ' '.repeat(16_000));

  expect(performance.now() - start).toBeLessThan(1000);
});

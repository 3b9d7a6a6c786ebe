import { expect, test } from 'vitest';
import { caseNames, helpText, parseOptions } from './options.ts';

test('without options every case is measured five times, at both latencies', () => {
  expect(parseOptions([])).toEqual({
    cases: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    latencies: [0, 30],
    repeat: 5,
    servers: undefined,
    quick: false,
  });
});

test('options take some of it', () => {
  const words = ['--case', 'd, a', '--latency=5', '--repeat', '1', '--quick'];

  expect(parseOptions(words)).toMatchObject({
    cases: ['a', 'd'],
    latencies: [5],
    repeat: 1,
    quick: true,
  });
});

test.each([[['--registry', 'olareg', '--registry', 'embedded']], [['--registry=embedded,olareg']]])(
  'registries are named by %o',
  (words) => {
    expect(parseOptions(words)?.servers).toEqual(['olareg', 'embedded']);
  },
);

test.each([
  [['--case', 'x'], '--case must be some of a, b, c, d, e, f, g, not "x"'],
  [['--case', ''], '--case must be some of a, b, c, d, e, f, g, not ""'],
  [['--registry', 'zot'], 'docker-registry, distribution, olareg, embedded, not "zot"'],
  [['--latency', '-1'], "'--latency'"],
  [['--latency', '0,x'], '--latency must be a number from 0 to 10000, not "x"'],
  [['--repeat', '0'], '--repeat must be a number from 1 to 1000, not "0"'],
  [['--nonsense'], "'--nonsense'"],
  [['stray'], "'stray'"],
])('%o is refused, and named', (words, message) => {
  expect(() => parseOptions(words)).toThrow(message);
  expect(() => parseOptions(words)).toThrow(expect.objectContaining({ code: 'COMMAND_LINE' }));
});

test('the help names every case, and measures nothing', () => {
  expect(parseOptions(['--help'])).toBeUndefined();
  for (const name of caseNames) expect(helpText).toMatch(new RegExp(`^    ${name} {8}`, 'm'));
});

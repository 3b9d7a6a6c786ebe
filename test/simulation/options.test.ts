import { expect, test } from 'vitest';
import { parseSeedRange } from './options.ts';

test('a thousand seeds are played unless something else is said', () => {
  expect(parseSeedRange([])).toMatchObject({ start: 0, seeds: 1000, tell: false });
  expect(parseSeedRange(['--seeds', '5', '--start', '7', '--workers', '1', '--story'])).toEqual({
    ...{ start: 7, seeds: 5, workers: 1, tell: true },
  });
});

test('help plays nothing', () => {
  expect(parseSeedRange(['--help'])).toBeUndefined();
});

test.each([
  ['--seeds', '0'],
  ['--seeds', 'many'],
  ['--start', '1.5'],
  ['--workers', '0'],
])('%s %s is refused', (name, text) => {
  expect(() => parseSeedRange([name, text])).toThrow(`${name} "${text}" is no whole number`);
});

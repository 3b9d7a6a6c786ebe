import { expect, test } from 'vitest';
import { parseExpect } from './expect.ts';
import { legId } from './leg.ts';

test.each([
  ['a number', ' 28\n', { kind: 'count', count: 28 }],
  ['ids', 'amd64\n\n  arm64 \n', { kind: 'legs', legs: ['amd64', 'arm64'] }],
  ['one id', 'amd64', { kind: 'legs', legs: ['amd64'] }],
  ['a list of ids', '["amd64","arm64","amd64"]', { kind: 'legs', legs: ['amd64', 'arm64'] }],
])('%s can be expected', (_, text, expected) => {
  expect(parseExpect(text)).toEqual(expected);
});

test.each([
  ['a matrix', { arch: ['amd64', 'arm64'] }],
  ['a matrix of includes', { include: [{ arch: 'amd64' }, { arch: 'arm64' }] }],
  ['the values of the legs', [{ arch: 'amd64' }, { arch: 'arm64' }]],
])('%s stands for the ids that its legs have by default', (_, value) => {
  const legs = [legId({ arch: 'amd64' }), legId({ arch: 'arm64' })];

  expect(parseExpect(JSON.stringify(value))).toEqual({ kind: 'legs', legs });
});

test.each([
  ['', 'it names no leg'],
  ['0', 'it names no leg'],
  ['[]', 'it names no leg'],
  ['{"include":[]}', 'it names no leg'],
  ['{"arch":', 'it begins like JSON, and is not'],
  ['[1]', "1 is neither a leg's id nor its values"],
  ['[["a"]]', `["a"] is neither a leg's id nor its values`],
])('%j is no expectation', (text, reason) => {
  expect(() => parseExpect(text)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: `expect cannot be read: ${reason}`,
    }),
  );
});

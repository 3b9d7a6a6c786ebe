import { expect, test } from 'vitest';
import { evaluate, evaluateCondition, fromData } from './expressions.ts';

const contexts = {
  matrix: { arch: 'amd64', deep: { list: [1, 'two', null] } },
  needs: null,
};

test.each([
  ["matrix.arch == 'AMD64'", true],
  ['matrix.deep.list[1]', 'two'],
  ['matrix.deep.list.*', [1, 'two', null]],
  ['needs.none.outputs.none', null],
  ['fromJSON(\'{"a": [true]}\').a[0]', true],
  ["format('{0} of {1}', 1, 'x')", '1 of x'],
  ["'it''s ''quoted'' twice'", "it's 'quoted' twice"],
  ["needs.none || 'other'", 'other'],
  ['toJSON(needs)', 'null'],
])('%s is %j', (expression, value) => {
  expect(fromData(evaluate(expression, { contexts }))).toEqual(value);
});

test.each([
  ["''", false],
  ['0', false],
  ["'0'", true],
  ['matrix', true],
  ['needs', false],
])('%s holds: %s', (expression, holds) => {
  expect(evaluateCondition(expression, { contexts })).toBe(holds);
});

test('a context that is not there is an error', () => {
  expect(() => evaluate('secrets.x', { contexts })).toThrow(/secrets/);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legId, slugOf } from './leg.ts';

test('the id of a leg can be read', () => {
  const id = legId({ arch: 'arm64', target: 'azure-gardener_prod', os: { version: '1877.3' } });

  expect(id).toMatch(/^arm64-version-1877.3-azure-gardener_prod-[0-9a-f]{8}$/);
});

test('it is the same whatever the order of the keys, and another for other values', () => {
  const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  const reversed = (matrix: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(matrix).reverse());

  fc.assert(
    fc.property(values, values, (a, b) => {
      const [one, other] = [a, b].map((matrix) => JSON.parse(JSON.stringify(matrix)));
      expect(legId(reversed(one))).toBe(legId(one));
      expect(legId(one)).toMatch(/^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?-[0-9a-f]{8}$/);
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(legId(one) === legId(other)).toBe(same);
    }),
  );
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, item]) => [key, sorted(item)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
};

test.each([
  ['values that read the same', { a: 'x-y', b: 'z' }, { a: 'x', b: 'y-z' }],
  ['a number and its text', { version: 3 }, { version: '3' }],
  ['upper and lower case', { a: 'X' }, { a: 'x' }],
])('%s have two ids', (_, first, second) => {
  expect(legId(first)).not.toBe(legId(second));
});

test.each([
  ['Hello, World!', 'hello-world'],
  ['ubuntu-24.04', 'ubuntu-24.04'],
  ['..a_b--c..', 'a_b-c'],
  ['ünï', 'n'],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
])('the slug of %j is %j', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

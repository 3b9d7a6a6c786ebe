import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes, canonicalText } from './canonical.ts';

// JSON has no -0 once it is written.
const values = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)));

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)]);
  return Object.fromEntries(entries.reverse());
}

test('the text parses back to the same value, and is the text of that value', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = canonicalText(value);

      expect(JSON.parse(text)).toEqual(value);
      expect(canonicalText(JSON.parse(text))).toBe(text);
    }),
  );
});

test('the order in which the keys were set does not show', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(canonicalText(reversed(value))).toBe(canonicalText(value));
    }),
  );
});

test('values that differ have texts that differ', () => {
  fc.assert(
    fc.property(fc.uniqueArray(values, { comparator: isDeepStrictEqual }), (distinct) => {
      expect(new Set(distinct.map(canonicalText)).size).toBe(distinct.length);
    }),
  );
});

test('the properties of the specifications come first and in their order, the others by code unit', () => {
  const document = {
    zeta: 1,
    annotations: { b: '1', a: '2', Z: '3', é: '4' },
    layers: [{ size: 2, digest: 'd', mediaType: 'm' }],
    config: {},
    alpha: 1,
    mediaType: 'm',
    schemaVersion: 2,
  };

  expect(canonicalText(document)).toBe(
    '{"schemaVersion":2,"mediaType":"m","config":{},"layers":[{"mediaType":"m","digest":"d","size":2}],' +
      '"annotations":{"Z":"3","a":"2","b":"1","é":"4"},"alpha":1,"zeta":1}',
  );
});

test('an absent property is left out, and an absent element is null', () => {
  expect(canonicalText({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
  expect(canonicalText(undefined)).toBe('null');
});

test('a property may have the name of a prototype', () => {
  const text = '{"__proto__":{"a":1},"constructor":2}';

  expect(canonicalText(JSON.parse(text))).toBe(text);
});

test('the bytes are the text in UTF-8', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(Buffer.from(canonicalBytes(value)).equals(Buffer.from(canonicalText(value)))).toBe(
        true,
      );
    }),
  );
});

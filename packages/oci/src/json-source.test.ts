import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidManifestError } from './invalid-manifest.ts';
import { elementSources, memberSources } from './json-source.ts';

const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
const pieces = ['\\"', '\\\\', '\\/', '\\n', '\\u0041', '\\ud83d', ...'{}[],:ab1é😀'];
const string = fc
  .array(fc.constantFrom(...pieces), { maxLength: 6 })
  .map((parts) => `"${parts.join('')}"`);
const scalar = fc.constantFrom(
  ...['true', 'false', 'null', '0', '-0', '1.0', '1e400', '-2.50E+3', '12345678901234567890.10'],
);
const around = (source: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(space, source, space).map((parts) => parts.join(''));

const { value } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, string, tie('list'), tie('object')),
  list: fc
    .oneof(space, fc.array(around(tie('value')), { minLength: 1, maxLength: 4 }).map(String))
    .map((inner) => `[${inner}]`),
  object: fc
    .oneof(
      space,
      fc
        .array(fc.tuple(around(string), around(tie('value'))), { minLength: 1, maxLength: 4 })
        .map((members) => members.map((member) => member.join(':')).join(',')),
    )
    .map((inner) => `{${inner}}`),
}));

const keyOf = (source: string): string => String(JSON.parse(source));
const members = fc.uniqueArray(fc.tuple(string, value), { selector: ([key]) => keyOf(key) });

test('the sources of the members of any object are what its author wrote', () => {
  fc.assert(
    fc.property(members, fc.infiniteStream(space), (written, blanks) => {
      const blank = (): string => String(blanks.next().value);
      const padded = written.map(
        ([key, source]) => `${blank()}${key}${blank()}:${blank()}${source}${blank()}`,
      );
      const text = `${blank()}{${padded.join(',')}${blank()}}${blank()}`;

      const sources = memberSources(text);

      expect([...sources]).toEqual(written.map(([key, source]) => [keyOf(key), source]));
    }),
  );
});

test('the sources of the elements of any list are what its author wrote', () => {
  fc.assert(
    fc.property(fc.array(value), fc.infiniteStream(space), (written, blanks) => {
      const blank = (): string => String(blanks.next().value);
      const padded = written.map((source) => blank() + source + blank());
      const text = `${blank()}[${padded.join(',')}${blank()}]${blank()}`;

      expect(elementSources(text)).toEqual(written);
    }),
  );
});

test('compact JSON is joined to the same bytes again', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const text = JSON.stringify(object);

      const sources = [...memberSources(text)].map(
        ([key, source]) => `${JSON.stringify(key)}:${source}`,
      );

      expect(`{${sources.join(',')}}`).toBe(text);
      expect(`[${elementSources(`[${text},${text}]`).join(',')}]`).toBe(`[${text},${text}]`);
    }),
  );
});

test.each([
  ['{"a":1,"a":2}', 'the same key'],
  ['{"a":1,"b":2,"\\u0061":3}', 'the same key, escaped'],
  ['{"__proto__":1,"__proto__":2}', 'the name of a prototype'],
])('%s has a property twice: %s', (text) => {
  expect(() => memberSources(text)).toThrow(InvalidManifestError);
  expect(() => memberSources(text)).toThrow(/twice: "(a|__proto__)"$/);
});

test('a property of a nested object may have a name that the outer one has', () => {
  expect([...memberSources('{"a":{"a":1,"b":2},"b":3}').keys()]).toEqual(['a', 'b']);
});

test('what is nested a hundred thousand deep is one source', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);

  expect(memberSources(`{"x": ${deep} }`).get('x')).toBe(deep);
});

import { expect, test } from 'vitest';
import { parseEnvFile } from './env-file.ts';

test.each([
  ['a value up to the end of the line', 'a=1=2\n', { a: '1=2' }],
  ['a last line that does not end', 'a=1', { a: '1' }],
  ['a value of several lines', 'a<<EOF\none\n\ntwo\nEOF\nb=2\n', { a: 'one\n\ntwo', b: '2' }],
  ['an empty block', 'a<<EOF\nEOF\n', { a: '' }],
  ['a block whose delimiter ends the file', 'a<<EOF\none\nEOF', { a: 'one' }],
  ['an equals sign before the arrows', 'a=b<<c\n', { a: 'b<<c' }],
  ['the last of two values', 'a=1\n\na=2\n', { a: '2' }],
  ['a carriage return, kept', 'a=1\r\n', { a: '1\r' }],
])('reads %s', (_, text, values) => {
  expect(Object.fromEntries(parseEnvFile(text))).toEqual(values);
});

test.each([
  ['neither sign', 'hello\n', /neither/],
  ['no name', '=1\n', /empty name/],
  ['no delimiter', 'a<<\n', /empty name or delimiter/],
  ['a delimiter that never comes', 'a<<EOF\none\n', /EOF never comes/],
  ['a block that ends within a line', 'a<<EOF\none', /does not end its last line/],
])('refuses %s', (_, text, message) => {
  expect(() => parseEnvFile(text)).toThrow(message);
});

import { expect, test } from 'vitest';
import { parseCommand } from './commands.ts';

test.each([
  ['::error::broken', 'error', {}, 'broken'],
  ['  ::warning file=a.ts,line=3::look', 'warning', { file: 'a.ts', line: '3' }, 'look'],
  ['::error title=a%3Ab%2Cc::50%25%0Amore', 'error', { title: 'a:b,c' }, '50%\nmore'],
  ['::endgroup::', 'endgroup', {}, ''],
  ['::add-mask::a::b', 'add-mask', {}, 'a::b'],
])('%j is a command', (line, name, properties, message) => {
  expect(parseCommand(line)).toEqual({ name, properties, message });
});

test.each(['plain', ':: spaced::', 'text ::error::late', '::unfinished'])('%j is none', (line) => {
  expect(parseCommand(line)).toBeUndefined();
});

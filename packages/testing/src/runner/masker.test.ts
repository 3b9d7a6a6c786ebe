import { expect, test } from 'vitest';
import { createMasker } from './masker.ts';

const masked = (secret: string, text: string): string => {
  const masker = createMasker();
  masker.add(secret);
  return masker.mask(text);
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['as it is', 'hunter2', 'a hunter2 b', 'a *** b'],
  ['twice in a row', 'ab', 'abab.', '***.'],
  ['of one character', '{', 'a{b', 'a***b'],
  ['each line of several', 'one\ntwo', 'two then one', '*** then ***'],
  ['escaped for a URI', 'a b/c', 'x=a%20b%2Fc', 'x=***'],
  ['escaped for JSON', 'a"b', '{"p":"a\\"b"}', '{"p":"***"}'],
  ['escaped for XML', 'a&b', '<p>a&amp;b</p>', '<p>***</p>'],
])('a secret is masked %s', (_, secret, text, result) => {
  expect(masked(secret, text)).toBe(result);
});

test.each(['', 'u', 'us'])('a secret is masked in base64 after %j', (before) => {
  const text = base64(`${before}hunter2-hunter2`);

  expect(masked('hunter2-hunter2', text)).toContain('***');
});

test('overlapping secrets leave nothing of either', () => {
  const masker = createMasker();
  masker.add('abcd');
  masker.add('cdef');

  expect(masker.mask('xabcdefx')).toBe('x***x');
});

test('an empty secret masks nothing', () => {
  expect(masked('', 'text')).toBe('text');
  expect(masked(' \n', 'a b')).toBe('a b');
});

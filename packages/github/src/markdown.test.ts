import { expect, test } from 'vitest';
import { code, details, formatSize, link, list, renderMarkdown, table, text } from './markdown.ts';

test('text from outside has no meaning left in it', () => {
  const { markup } = text('a|b <img src=x> `c` *d* [e](f)\n| g & h');

  expect(markup).not.toMatch(/[|<>`*[\]\n]/);
  expect(markup).toContain('a&#124;b &#60;img src=x&#62;');
});

test('a table keeps a row on a line and a cell in its column', () => {
  const { markup } = table(['Name', 'Digest'], [['a|b\nc', code('sha256:1')]]);

  expect(markup).toBe('| Name | Digest |\n| --- | --- |\n| a&#124;b c | <code>sha256:1</code> |');
});

test('only an address of the web becomes a link', () => {
  expect(link('run', 'https://github.com/a?b=1&c="').markup).toBe(
    '<a href="https://github.com/a?b=1&#38;c=&#34;">run</a>',
  );
  expect(link('run', 'javascript:alert(1)').markup).toBe('run');
});

test('blocks are apart from one another, also where they are folded', () => {
  const document = renderMarkdown('One', details('Two', list(['a', 'b'])));

  expect(document).toBe('One\n\n<details><summary>Two</summary>\n\n- a\n- b\n\n</details>\n');
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_288_490_189, '1.2 GiB'],
  [1024 ** 2 - 1, '1.0 MiB'],
  [-2048, '-2.0 KiB'],
  [5000 * 1024 ** 5, '5000.0 PiB'],
])('%d bytes are %s', (bytes, size) => {
  expect(formatSize(bytes)).toBe(size);
});

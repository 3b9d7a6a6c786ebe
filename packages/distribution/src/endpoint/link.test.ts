import { expect, test } from 'vitest';
import { nextPage } from './link.ts';

const url = new URL('https://r/v2/a/tags/list?n=2');
const next = (link: string | string[]): string | undefined =>
  nextPage({ url, headers: { link } })?.href;

test.each([
  ['</v2/a/tags/list?last=b&n=2>; rel="next"', 'https://r/v2/a/tags/list?last=b&n=2'],
  ['<?last=b,c>; rel=next', 'https://r/v2/a/tags/list?last=b,c'],
  ['</p>; rel="prev", </n>; title="a, b"; rel="next"', 'https://r/n'],
  ['</n>; REL="last next"', 'https://r/n'],
  ['</p>; rel="prev"', undefined],
  ['</p>; rel="nextish"', undefined],
  ['nonsense', undefined],
])('of %s the next page is %s', (link, page) => {
  expect(next(link)).toBe(page);
});

test('every header is read', () => {
  expect(next(['</p>; rel="prev"', '</n>; rel="next"'])).toBe('https://r/n');
});

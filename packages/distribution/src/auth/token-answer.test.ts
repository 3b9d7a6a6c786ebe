import { expect, test } from 'vitest';
import { parseTokenAnswer, type TokenAnswer } from './token-answer.ts';

const realm = new URL('https://auth.example.com/token');
const date = 'Sat, 21 Nov 2026 12:00:00 GMT';

const read = (answer: object, at: string | undefined = date): TokenAnswer =>
  parseTokenAnswer(new TextEncoder().encode(JSON.stringify(answer)), at, realm);

test.each([
  ['token', { token: 'a' }, 'a'],
  ['access_token', { access_token: 'b' }, 'b'],
  ['both', { token: 'a', access_token: 'b' }, 'a'],
  ['an empty token beside the other', { token: '', access_token: 'b' }, 'b'],
])('a token by the name of %s is read', (_, answer, value) => {
  expect(read(answer).value).toBe(value);
});

test.each([
  ['300', { expires_in: 300 }, 300],
  ['none', {}, 60],
  ['null', { expires_in: null }, 60],
  ['less than a minute', { expires_in: 5 }, 60],
  ['a number as text', { expires_in: '120' }, 120],
  ['a word', { expires_in: 'soon' }, 60],
])('a lifetime of %s', (_, answer, seconds) => {
  expect(read({ token: 'a', ...answer }).lifetime).toBe(seconds * 1000);
});

test.each([
  ['a while ago', '2026-11-21T11:58:20Z', date, 200],
  ['now', '2026-11-21T12:00:00Z', date, 300],
  ['in the future', '2026-11-21T12:01:00Z', date, 300],
  ['longer ago than it lives', '2026-11-21T11:00:00Z', date, 300],
  ['at no time', 'yesterday', date, 300],
  ['by a server that says not what time it is', '2026-11-21T11:58:20Z', undefined, 300],
])('a token that was issued %s', (_, issuedAt, at, seconds) => {
  const bytes = new TextEncoder().encode(
    JSON.stringify({ token: 'a', expires_in: 300, issued_at: issuedAt }),
  );

  expect(parseTokenAnswer(bytes, at, realm).lifetime).toBe(seconds * 1000);
});

test.each([
  [{ refresh_token: 'r' }, 'r'],
  [{ refresh_token: '' }, undefined],
  [{ refresh_token: 1 }, undefined],
  [{}, undefined],
])('of %j the refresh token is %j', (answer, refreshToken) => {
  expect(read({ token: 'a', ...answer }).refreshToken).toBe(refreshToken);
});

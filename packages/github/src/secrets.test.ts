import { expect, test } from 'vitest';
import { createSecrets, type Secrets } from './secrets.ts';

const secret = `p<&>"s word/+%ü\u{1f511}-and-more`;

function knowing(...texts: string[]): Secrets {
  const secrets = createSecrets(() => {});
  for (const text of texts) secrets.add(text);
  return secrets;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

test.each([
  ['plain', `x${secret}y`],
  ['base64', base64(secret)],
  ['base64 behind 1 byte', base64(`a${secret}b`)],
  ['base64 behind 2 bytes', base64(`ab${secret}bc`)],
  ['base64 of user:password', base64(`octo:${secret}`)],
  ['URI', `https://x/?t=${encodeURIComponent(secret)}`],
  ['JSON', JSON.stringify({ secret })],
  ['XML', 'p&lt;&amp;&gt;&quot;s word/+%ü\u{1f511}-and-more'],
])('a secret is found: %s', (_, text) => {
  expect(knowing(secret).contains(text)).toBe(true);
  expect(knowing(secret).redact(text)).toContain('***');
});

test.each(['', 'an output', base64('something else, and longer than the secret')])(
  'other text is not taken for a secret: %j',
  (text) => {
    expect(knowing(secret).contains(text)).toBe(false);
    expect(knowing(secret).redact(text)).toBe(text);
  },
);

test('every line of a key is a secret', () => {
  const secrets = knowing('-----BEGIN\nMIIEvQIBADANBg\n-----END');

  expect(secrets.contains('the key MIIEvQIBADANBg')).toBe(true);
});

test('what is shorter than four characters is neither masked nor looked for', () => {
  const masked: string[] = [];
  const secrets = createSecrets((text) => masked.push(text));

  for (const text of ['', '   ', 'abc', ' abc ']) secrets.add(text);

  expect(masked).toEqual([]);
  expect(secrets.contains('abcdef')).toBe(false);
});

test('of two secrets, one inside the other, nothing is left', () => {
  expect(knowing('inner', 'an inner and more').redact('is an inner and more')).toBe('is ***');
});

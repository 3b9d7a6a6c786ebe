import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test('control characters, line breaks and changes of direction become spaces', () => {
  expect(printable(' a\u001b[1m\r\nb\u0000\u202ec\u200b ')).toBe('a [1m b c');
});

test('words of every language stay', () => {
  expect(printable('Zugriff verweigert: größer 拒否 🚫')).toBe(
    'Zugriff verweigert: größer 拒否 🚫',
  );
});

test('a long text is cut', () => {
  expect(printable('x'.repeat(100_000), 10)).toBe('xxxxxxxxxx');
});

import { expect, test } from 'vitest';
import { preAuthEncoding } from './dsse.ts';

const textOf = (type: string, payload: string): string =>
  Buffer.from(preAuthEncoding(type, new TextEncoder().encode(payload))).toString();

test('what is signed is the example of the specification', () => {
  expect(textOf('http://example.com/HelloWorld', 'hello world')).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

test('lengths are of bytes', () => {
  expect(textOf('é', '€')).toBe('DSSEv1 2 é 3 €');
});

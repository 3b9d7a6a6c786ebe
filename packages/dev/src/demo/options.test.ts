import { expect, test } from 'vitest';
import { demoOptions } from './options.ts';

test('without arguments the embedded registry is meant', () => {
  expect(demoOptions([])).toEqual({
    registry: undefined,
    repository: 'gardenlinux/gardenlinux',
  });
});

test.each([
  ['127.0.0.1:5000', 'http://127.0.0.1:5000/'],
  ['http://localhost:5000', 'http://localhost:5000/'],
])('the registry %s is found at %s', (text, url) => {
  expect(demoOptions(['--registry', text])?.registry?.href).toBe(url);
});

test.each([['ftp://127.0.0.1'], ['http://']])('the registry %s is no address', (text) => {
  expect(() => demoOptions(['--registry', text])).toThrow('is no address, e.g. http://');
});

test('an option that nobody knows is named', () => {
  expect(() => demoOptions(['--legs', '3'])).toThrow("'--legs'");
});

import { expect, test } from 'vitest';
import { legName } from './leg-name.ts';

test.each([
  [null, 'push'],
  [{ flavour: 'kvm', arch: 'amd64' }, 'push (kvm, amd64)'],
  [{ target: { os: 'linux', slim: true }, empty: '' }, 'push (linux, true)'],
])('%j gives %s', (matrix, name) => {
  expect(legName('push', matrix)).toBe(name);
});

test('a long name is cut to a hundred characters', () => {
  const name = legName('push', { value: 'x'.repeat(200) });

  expect(name).toHaveLength(100);
  expect(name).toMatch(/x\.\.\.$/);
});

import { createPrivateKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { pemBlocks } from './pem.ts';
import { makeKey } from './test-keys.ts';

const { pem } = makeKey('P-256');

test.each([
  ['indented', pem.replaceAll(/^/gm, '    ')],
  ['with the line ends of Windows', pem.replaceAll('\n', '\r\n')],
  ['without a line end', pem.trim()],
  ['with words around it', `the key:\n${pem}is above\n`],
])('a key %s is read', (_, text) => {
  const [block] = pemBlocks(text);

  expect(block?.label).toBe('PRIVATE KEY');
  expect(() => createPrivateKey(block?.text ?? '')).not.toThrow();
});

test('blocks are told apart by their labels', () => {
  const text = '-----BEGIN A-----\nAAAA\n-----END A-----\n-----BEGIN B-----\nBBBB\n-----END B-----';

  expect(pemBlocks(text).map(({ label }) => label)).toEqual(['A', 'B']);
  expect(pemBlocks('-----BEGIN A-----\nAAAA\n-----END B-----')).toEqual([]);
});

test('a text of beginnings without an end is soon read', () => {
  const text = '-----BEGIN A-----\n'.repeat(3000);

  const start = performance.now();
  pemBlocks(text);

  expect(performance.now() - start).toBeLessThan(5000);
});

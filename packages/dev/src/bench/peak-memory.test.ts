import { expect, test } from 'vitest';
import { peakOf } from './peak-memory.ts';

test('the high-water mark is read', () => {
  expect(peakOf('VmPeak:\t  900 kB\nVmHWM:\t  512 kB\nVmRSS:\t   10 kB\n')).toBe(524_288);
});

test('a process that is over has none', () => {
  expect(peakOf('Name:\tnode\nState:\tZ (zombie)\n')).toBeUndefined();
});

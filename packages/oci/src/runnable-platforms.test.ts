import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPlatform, parsePlatform, platformKey } from './platform-text.ts';
import { runnablePlatforms } from './runnable-platforms.ts';

test.each([
  ['linux/amd64', 'amd64 386'],
  ['linux/amd64/v1', 'amd64 386'],
  ['linux/amd64/v3', 'amd64/v3 amd64/v2 amd64 386'],
  ['linux/amd64/v200', 'amd64/v200 386'],
  ['linux/386', '386'],
  ['linux/arm', 'arm/v7 arm/v6 arm/v5'],
  ['linux/arm/v5', 'arm/v5'],
  ['linux/arm/v6', 'arm/v6 arm/v5'],
  ['linux/arm/v8', 'arm/v8 arm/v7 arm/v6 arm/v5'],
  ['linux/arm/v4', 'arm/v4'],
  ['linux/arm64', 'arm64 arm/v8 arm/v7 arm/v6 arm/v5'],
  ['linux/arm64/v8.2', 'arm64/v8.2 arm64/v8.1 arm64 arm/v8 arm/v7 arm/v6 arm/v5'],
  [
    'linux/arm64/v9',
    'arm64/v9 arm64/v8.5 arm64/v8.4 arm64/v8.3 arm64/v8.2 arm64/v8.1 arm64 arm/v8 arm/v7 arm/v6 arm/v5',
  ],
  [
    'linux/arm64/v9.1',
    'arm64/v9.1 arm64/v9 arm64/v8.6 arm64/v8.5 arm64/v8.4 arm64/v8.3 arm64/v8.2 arm64/v8.1 arm64 arm/v8 arm/v7 arm/v6 arm/v5',
  ],
  ['linux/arm64/other', 'arm64/other'],
  ['linux/riscv64', 'riscv64'],
  ['linux/s390x', 's390x'],
])('a machine that is %s runs %s, best first', (machine, images) => {
  const runnable = runnablePlatforms(parsePlatform(machine)).map(formatPlatform);

  expect(runnable).toEqual(images.split(' ').map((image) => `linux/${image}`));
});

test('no 64-bit ARM has more than v8.9, the last of its line', () => {
  const runnable = runnablePlatforms(parsePlatform('linux/arm64/v9.7')).map(formatPlatform);

  expect(runnable).toContain('linux/arm64/v8.9');
  expect(runnable).not.toContain('linux/arm64/v8.10');
});

test('every one has the operating system of the machine, its version and its features', () => {
  const machine = { os: 'windows', 'os.version': '10.0.20348.1', 'os.features': ['win32k'] };

  expect(runnablePlatforms({ ...machine, architecture: 'amd64' })).toEqual([
    { ...machine, architecture: 'amd64' },
    { ...machine, architecture: '386' },
  ]);
});

test('a variant of any length gives a short list that starts with the machine and repeats nothing', () => {
  const architecture = fc.constantFrom('amd64', 'arm', 'arm64', '386', 'riscv64');
  const variant = fc.oneof(fc.stringMatching(/^v?[0-9.]{0,20}$/), fc.string());
  fc.assert(
    fc.property(architecture, variant, (name, level) => {
      const machine = { os: 'linux', architecture: name, variant: level };

      const runnable = runnablePlatforms(machine).map(formatPlatform);

      expect(runnable[0]).toBe(platformKey(machine));
      expect(new Set(runnable).size).toBe(runnable.length);
      expect(runnable.length).toBeLessThan(101);
    }),
  );
});

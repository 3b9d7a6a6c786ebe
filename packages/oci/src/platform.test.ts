import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalisePlatform, type Platform } from './platform.ts';

test.each([
  ['amd64', undefined, 'amd64', undefined],
  ['amd64', 'v1', 'amd64', undefined],
  ['amd64', 'v3', 'amd64', 'v3'],
  ['AMD64', 'V2', 'amd64', 'v2'],
  ['x86_64', undefined, 'amd64', undefined],
  ['x86-64', 'v1', 'amd64', undefined],
  ['i386', undefined, '386', undefined],
  ['i386', 'v7', '386', undefined],
  ['386', undefined, '386', undefined],
  ['arm64', undefined, 'arm64', undefined],
  ['arm64', 'v8', 'arm64', undefined],
  ['arm64', '8', 'arm64', undefined],
  ['arm64', 'v8.0', 'arm64', undefined],
  ['arm64', 'v8.2', 'arm64', 'v8.2'],
  ['arm64', '9', 'arm64', 'v9'],
  ['arm64', 'v9.0', 'arm64', 'v9'],
  ['aarch64', undefined, 'arm64', undefined],
  ['Aarch64', 'V8', 'arm64', undefined],
  ['arm', undefined, 'arm', 'v7'],
  ['arm', '', 'arm', 'v7'],
  ['arm', '7', 'arm', 'v7'],
  ['arm', 'v7', 'arm', 'v7'],
  ['arm', '6', 'arm', 'v6'],
  ['arm', '5', 'arm', 'v5'],
  ['arm', '8', 'arm', 'v8'],
  ['arm', 'v6', 'arm', 'v6'],
  ['armhf', undefined, 'arm', 'v7'],
  ['armhf', 'v6', 'arm', 'v7'],
  ['armel', undefined, 'arm', 'v6'],
  ['riscv64', undefined, 'riscv64', undefined],
  ['ppc64le', 'power9', 'ppc64le', 'power9'],
  ['unknown', undefined, 'unknown', undefined],
  ['constructor', undefined, 'constructor', undefined],
  ['__proto__', undefined, '__proto__', undefined],
])('containerd writes %s with variant %s as %s with %s', (architecture, variant, name, rest) => {
  const given = { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) };

  const expected = { os: 'linux', architecture: name, ...(rest && { variant: rest }) };
  expect(normalisePlatform(given)).toEqual(expected);
});

test.each([
  ['Linux', 'linux'],
  ['macOS', 'darwin'],
  ['darwin', 'darwin'],
  ['WINDOWS', 'windows'],
  ['unknown', 'unknown'],
])('the operating system %s is %s', (os, name) => {
  expect(normalisePlatform({ os, architecture: 'amd64' }).os).toBe(name);
});

test('the version of the operating system stays, and its features are a sorted set', () => {
  const windows = {
    os: 'windows',
    architecture: 'amd64',
    'os.version': '10.0.20348.2340',
    'os.features': ['win32k', 'a', 'win32k'],
  };

  expect(normalisePlatform(windows)).toEqual({ ...windows, 'os.features': ['a', 'win32k'] });
});

test('what is empty is left out', () => {
  const platform = { os: 'linux', architecture: 'amd64' };

  const empty = { ...platform, 'os.version': '', 'os.features': [], variant: '' };
  expect(Object.keys(normalisePlatform(empty)).sort()).toEqual(Object.keys(platform).sort());
});

const name = fc.oneof(
  fc.constantFrom('amd64', 'arm', 'ARM64', 'armhf', 'armel', 'i386', 'x86_64', 'macOS', 'v8', '8'),
  fc.string(),
);
const platforms: fc.Arbitrary<Platform> = fc.record(
  {
    os: name,
    architecture: name,
    variant: fc.oneof(fc.constantFrom('v1', '5', '6', '7', '8', 'V8', '9', 'v9.0'), name),
    'os.version': fc.string(),
    'os.features': fc.array(fc.string()),
  },
  { requiredKeys: ['os', 'architecture'] },
);

test('what is normal stays as it is', () => {
  fc.assert(
    fc.property(platforms, (platform) => {
      const once = normalisePlatform(platform);

      expect(normalisePlatform(once)).toEqual(once);
    }),
  );
});

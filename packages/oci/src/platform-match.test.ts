import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Platform } from './platform.ts';
import { platformMatches, samePlatform, selectByPlatform } from './platform-match.ts';
import { parsePlatform } from './platform-text.ts';

const matches = (wanted: string, offered: string): boolean =>
  platformMatches(parsePlatform(wanted), parsePlatform(offered));

test.each([
  ['linux/amd64', 'linux/x86_64'],
  ['linux/amd64', 'linux/amd64/v1'],
  ['linux/arm64', 'linux/aarch64/v8'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm', 'linux/armhf'],
  ['macos/arm64', 'darwin/arm64'],
  ['linux(5.10)/amd64', 'linux(6.1)/amd64'],
  ['linux(+a+b)/amd64', 'linux(+b)/amd64'],
  ['linux(+a)/amd64', 'linux/amd64'],
  ['windows/amd64', 'windows(10.0.17763.1)/amd64'],
  ['windows(10.0.17763.1)/amd64', 'windows/amd64'],
  ['windows(10.0.17763.1)/amd64', 'windows(10.0.17763.6893)/amd64'],
  ['windows(10.0.20348.1)/amd64', 'windows(10.0.20348.2340)/amd64'],
  ['windows(10.0.22621.1)/amd64', 'windows(10.0.20348.1)/amd64'],
  ['windows(10.0.26100.1)/amd64', 'windows(10.0.20348.1)/amd64'],
  ['windows(10.0.27000.1)/amd64', 'windows(10.0.26100.1)/amd64'],
  ['windows/amd64', 'windows(+win32k)/amd64'],
  ['windows(odd)/amd64', 'windows(10.0.17763.1)/amd64'],
])('where %s is wanted, %s will do', (wanted, offered) => {
  expect(matches(wanted, offered)).toBe(true);
});

test.each([
  ['linux/amd64', 'linux/arm64'],
  ['linux/amd64', 'windows/amd64'],
  ['linux/amd64', 'linux/386'],
  ['linux/amd64', 'linux/amd64/v2'],
  ['linux/amd64/v2', 'linux/amd64'],
  ['linux/arm/v7', 'linux/arm/v6'],
  ['linux/arm64', 'linux/arm/v8'],
  ['linux/amd64', 'linux(+a)/amd64'],
  ['linux(+a)/amd64', 'linux(+a+b)/amd64'],
  ['linux/amd64', 'linux(+win32k)/amd64'],
  ['windows(10.0.17763.1)/amd64', 'windows(10.0.20348.1)/amd64'],
  ['windows(10.0.17763.1)/amd64', 'windows(10.0.14393.1)/amd64'],
  ['windows(10.0.20348.1)/amd64', 'windows(10.0.17763.1)/amd64'],
  ['windows(10.0.20348.1)/amd64', 'windows(10.0.26100.1)/amd64'],
  ['windows(10.0.27000.1)/amd64', 'windows(10.0.20348.1)/amd64'],
  ['windows(11.0.20348.1)/amd64', 'windows(10.0.20348.1)/amd64'],
  ['windows(10.0.20348.1)/amd64', 'windows(odd)/amd64'],
])('where %s is wanted, %s will not do', (wanted, offered) => {
  expect(matches(wanted, offered)).toBe(false);
});

const text = fc.oneof(
  fc.constantFrom('windows', 'linux', 'arm', 'arm64', 'constructor'),
  fc.string(),
);
const platforms: fc.Arbitrary<Platform> = fc.record(
  {
    os: text,
    architecture: text,
    variant: fc.oneof(fc.constantFrom('v7', 'v8'), text),
    'os.version': fc.oneof(fc.constantFrom('10.0.17763.1', '10.0.20348', '10.0.27000.1'), text),
    'os.features': fc.array(text),
  },
  { requiredKeys: ['os', 'architecture'] },
);

test('every platform will do where itself is wanted, and is selected for itself', () => {
  fc.assert(
    fc.property(platforms, (platform) => {
      expect(platformMatches(platform, platform)).toBe(true);
      expect(samePlatform(platform, platform)).toBe(true);
      expect(selectByPlatform([{ platform }], platform)).toEqual({ platform });
    }),
  );
});

test('of equal entries the first is selected, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.array(platforms), fc.array(platforms), platforms, (before, after, platform) => {
      const twins = [
        { platform, twin: 1 },
        { platform, twin: 2 },
      ];
      const rest = (list: Platform[]) => list.map((other) => ({ platform: other, twin: 0 }));

      const found = selectByPlatform([...rest(before), ...twins, ...rest(after)], platform);

      expect(found).toBeDefined();
      expect(found?.twin).not.toBe(2);
    }),
  );
});

const select = (entries: string, machine: string): string | undefined =>
  selectByPlatform(
    entries.split(' ').map((name) => ({ name, platform: parsePlatform(name) })),
    parsePlatform(machine),
  )?.name;

test.each([
  ['linux/arm64 linux/amd64', 'linux/amd64', 'linux/amd64'],
  ['linux/386 linux/amd64', 'linux/amd64', 'linux/amd64'],
  ['linux/arm64 linux/386', 'linux/amd64', 'linux/386'],
  ['linux/amd64 linux/amd64/v2 linux/amd64/v4', 'linux/amd64/v3', 'linux/amd64/v2'],
  ['linux/amd64/v2', 'linux/amd64', undefined],
  ['linux/arm/v5 linux/arm/v6 linux/arm/v7', 'linux/arm', 'linux/arm/v7'],
  ['linux/arm/v7 linux/arm/v5', 'linux/arm/v6', 'linux/arm/v5'],
  ['linux/arm/v8 linux/arm64', 'linux/arm64', 'linux/arm64'],
  ['linux/arm/v6 linux/arm/v7', 'linux/arm64', 'linux/arm/v7'],
  ['linux/arm64', 'linux/arm/v8', undefined],
  ['linux/arm64 linux/arm64/v8.1', 'linux/arm64/v8.2', 'linux/arm64/v8.1'],
  ['linux/amd64 unknown/unknown', 'linux/arm64', undefined],
  [
    'windows(10.0.17763.1)/amd64 windows(10.0.20348.1)/amd64',
    'windows(10.0.20348.9)/amd64',
    'windows(10.0.20348.1)/amd64',
  ],
  ['linux/amd64 linux(+a)/amd64', 'linux(+a)/amd64', 'linux(+a)/amd64'],
  ['linux/amd64 linux(+a)/amd64', 'linux/amd64', 'linux/amd64'],
  ['linux(+b)/amd64 linux(+a)/amd64', 'linux(+a+b)/amd64', 'linux(+b)/amd64'],
  ['linux(+a)/386', 'linux(+a)/amd64', 'linux(+a)/386'],
])('of %s, a machine that is %s runs %s', (entries, machine, selected) => {
  expect(select(entries, machine)).toBe(selected);
});

test('the first of equals is selected, and what has no platform never is', () => {
  const platform = parsePlatform('linux/arm64');
  const entries = [
    { at: 0 },
    { at: 1, platform },
    { at: 2, platform: { ...platform, variant: 'v8' } },
  ];

  expect(selectByPlatform(entries, platform)?.at).toBe(1);
  expect(selectByPlatform(entries.slice(0, 1), platform)).toBeUndefined();
  expect(selectByPlatform([], platform)).toBeUndefined();
});

test.each([
  ['linux/arm64', 'linux/aarch64/v8', true],
  ['linux/arm', 'linux/armhf', true],
  ['linux(+a+b)/amd64', 'linux(+b+a)/amd64', true],
  ['linux/arm/v6', 'linux/arm/v7', false],
  ['windows(10.0.20348.1)/amd64', 'windows(10.0.20348.2)/amd64', false],
  ['linux(+a)/amd64', 'linux/amd64', false],
])('that %s and %s are the same place is %s', (a, b, same) => {
  expect(samePlatform(parsePlatform(a), parsePlatform(b))).toBe(same);
});

test('no platform is the same as no platform, and as no other', () => {
  expect(samePlatform(undefined, undefined)).toBe(true);
  expect(samePlatform(undefined, parsePlatform('linux/amd64'))).toBe(false);
});

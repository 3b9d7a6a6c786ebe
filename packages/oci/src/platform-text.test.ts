import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalisePlatform, type Platform } from './platform.ts';
import {
  formatPlatform,
  InvalidPlatformError,
  parsePlatform,
  platformKey,
} from './platform-text.ts';

test.each([
  ['linux/amd64', { os: 'linux', architecture: 'amd64' }],
  [' linux/amd64\n', { os: 'linux', architecture: 'amd64' }],
  ['Linux/X86_64', { os: 'linux', architecture: 'amd64' }],
  ['linux/arm', { os: 'linux', architecture: 'arm', variant: 'v7' }],
  ['linux/arm/v6', { os: 'linux', architecture: 'arm', variant: 'v6' }],
  ['linux/arm64/v8', { os: 'linux', architecture: 'arm64' }],
  ['linux/aarch64', { os: 'linux', architecture: 'arm64' }],
  ['macos/arm64', { os: 'darwin', architecture: 'arm64' }],
  ['unknown/unknown', { os: 'unknown', architecture: 'unknown' }],
  [
    'windows(10.0.20348)/amd64',
    { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348' },
  ],
  [
    'windows(10.0.20348+win32k+b)/amd64',
    {
      os: 'windows',
      architecture: 'amd64',
      'os.version': '10.0.20348',
      'os.features': ['b', 'win32k'],
    },
  ],
  ['linux(+a%2Bb)/amd64', { os: 'linux', architecture: 'amd64', 'os.features': ['a+b'] }],
])('%j is a platform', (text, platform) => {
  expect(parsePlatform(text)).toEqual(platform);
});

test.each([
  ['', 'it has no architecture'],
  ['linux', 'it has no architecture'],
  ['linux/arm/v7/more', 'it has more than three parts'],
  ['/amd64', 'a part is empty'],
  ['linux/', 'a part is empty'],
  ['linux/arm/', 'a part is empty'],
  ['linux//v7', 'a part is empty'],
  ['linux/amd 64', 'a character that is not allowed'],
  ['linux/*', 'a character that is not allowed'],
  ['linux/amd64,linux/arm64', 'more than three parts|not allowed'],
  ['windows(10.0/amd64', 'a character that is not allowed'],
  ['windows(10.0)x/amd64', 'a character that is not allowed'],
  ['windows(10.0+)/amd64', 'a character that is not allowed'],
  ['windows(%zz)/amd64', 'not followed by two hex digits'],
  ['windows(%ff)/amd64', 'not followed by two hex digits of UTF-8'],
])('%j is no platform, and the error says why', (text, reason) => {
  expect(() => parsePlatform(text)).toThrow(new RegExp(`^not a platform: .*${reason}`));
});

test('the error has a code to match, and a hint', () => {
  const error = new InvalidPlatformError('x', 'it is bad');

  expect(error).toMatchObject({ code: 'INVALID_PLATFORM', name: 'InvalidPlatformError' });
  expect(error.hint).toContain('linux/arm/v7');
});

const part = fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/);
const option = fc.stringMatching(/^[A-Za-z0-9_.%+()/-]{1,8}$/);
const record = (text: fc.Arbitrary<string>, options: fc.Arbitrary<string>) =>
  fc.record(
    {
      os: text,
      architecture: fc.oneof(fc.constantFrom('arm', 'arm64', 'amd64', 'armhf', 'i386'), text),
      variant: fc.oneof(fc.constantFrom('v1', 'v7', 'v8', '8'), text),
      'os.version': options,
      'os.features': fc.array(options, { maxLength: 3 }),
    },
    { requiredKeys: ['os', 'architecture'] },
  );

test('a platform that was formatted is parsed to the same platform', () => {
  fc.assert(
    fc.property(record(part, option), (platform: Platform) => {
      const normal = normalisePlatform(platform);

      expect(parsePlatform(formatPlatform(normal))).toEqual(normal);
      expect(parsePlatform(formatPlatform(platform))).toEqual(normal);
    }),
  );
});

// Few letters, so that platforms are often equal, and often differ only in where a separator stands.
const crafted = fc.string({ unit: fc.constantFrom(...'a/+()%'), maxLength: 3 });

test('two platforms have one key exactly when they are the same once normalised', () => {
  fc.assert(
    fc.property(record(crafted, crafted), record(crafted, crafted), (a, b) => {
      const same = JSON.stringify(normalisePlatform(a)) === JSON.stringify(normalisePlatform(b));

      expect(platformKey(a) === platformKey(b)).toBe(same);
    }),
    { numRuns: 2000 },
  );
});

test.each<[Platform, Platform]>([
  [
    { os: 'linux', architecture: 'arm/v7' },
    { os: 'linux', architecture: 'arm', variant: 'v7' },
  ],
  [
    { os: 'linux', architecture: 'amd64', 'os.features': ['a+b'] },
    { os: 'linux', architecture: 'amd64', 'os.features': ['a', 'b'] },
  ],
  [
    { os: 'windows(1)', architecture: 'amd64' },
    { os: 'windows', architecture: 'amd64', 'os.version': '1' },
  ],
  [
    { os: '', architecture: 'linux', variant: 'amd64' },
    { os: 'linux', architecture: 'amd64' },
  ],
])('a crafted platform does not pass for another: %j and %j', (crafty, honest) => {
  expect(platformKey(crafty)).not.toBe(platformKey(honest));
});

test('no platform has a key of its own, the one that is no platform', () => {
  expect(platformKey(undefined)).toBe('');
  expect(platformKey({ os: '', architecture: '' })).not.toBe('');
});

test('the key of a plain platform is the text that people write', () => {
  expect(platformKey({ os: 'linux', architecture: 'aarch64', variant: 'v8' })).toBe('linux/arm64');
  expect(platformKey({ os: 'linux', architecture: 'arm' })).toBe('linux/arm/v7');
});

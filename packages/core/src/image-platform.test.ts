import { parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { agreedPlatform, platformOfConfig } from './image-platform.ts';

const config = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

test('the platform of a config is normalised, and has the version of its OS', () => {
  const windows = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' };

  expect(platformOfConfig(config({ os: 'linux', architecture: 'arm64', variant: 'v8' }))).toEqual({
    os: 'linux',
    architecture: 'arm64',
  });
  expect(platformOfConfig(config({ ...windows, rootfs: {} }))).toEqual(windows);
});

test.each([{}, { os: 'linux' }, { os: '', architecture: 'amd64' }, [], null, { os: 1 }])(
  'the config %j names no platform',
  (value) => {
    expect(platformOfConfig(config(value))).toBeUndefined();
  },
);

test('a config that is no JSON names no platform', () => {
  expect(platformOfConfig(Buffer.from('{'))).toBeUndefined();
});

const arm64 = parsePlatform('linux/arm64');

test.each([
  ['neither', undefined, undefined, undefined],
  ['the given alone', { ...arm64, variant: 'v8' }, undefined, arm64],
  ['that of the config alone', undefined, arm64, arm64],
  ['both, where they agree', { ...arm64, variant: 'v8' }, arm64, arm64],
  [
    'both, where one knows more',
    parsePlatform('windows/amd64'),
    { ...parsePlatform('windows/amd64'), 'os.version': '10.0.20348.1' },
    { ...parsePlatform('windows/amd64'), 'os.version': '10.0.20348.1' },
  ],
])('of two platforms %s count', (_, given, fromConfig, agreed) => {
  expect(agreedPlatform(given, fromConfig)).toEqual(agreed);
});

test.each(['linux/amd64', 'linux/arm/v7', 'gardenlinux/arm64'])(
  'an image for linux/arm64 is not one for %s',
  (given) => {
    expect(() => agreedPlatform(parsePlatform(given), arm64)).toThrow(
      expect.objectContaining({
        code: 'PLATFORM_MISMATCH',
        message: `the platform given is ${given}, but the image config says linux/arm64`,
      }),
    );
  },
);

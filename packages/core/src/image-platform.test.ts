import { parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { agreedPlatform, platformOfConfig } from './image-platform.ts';

const config = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

test('the platform of a config is as it says, with the version and the features of its OS', () => {
  const windows = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' };
  const featured = { ...windows, 'os.features': ['win32k'] };
  const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };

  expect(platformOfConfig(config({ ...arm, 'os.version': '', 'os.features': [] }))).toEqual(arm);
  expect(platformOfConfig(config({ ...windows, rootfs: {} }))).toEqual(windows);
  expect(platformOfConfig(config(featured))).toEqual(featured);
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
const bareArm = { os: 'linux', architecture: 'arm' };

test.each([
  ['neither', undefined, undefined, undefined],
  ['the given alone', { ...arm64, variant: 'v8' }, undefined, arm64],
  ['that of the config alone', undefined, { ...arm64, variant: 'v8' }, arm64],
  [
    'that of a config that says armhf',
    undefined,
    { ...bareArm, architecture: 'armhf' },
    parsePlatform('linux/arm/v7'),
  ],
  ['that of a config that says no variant', undefined, bareArm, parsePlatform('linux/arm/v7')],
  [
    'the variant given, where the config names none,',
    parsePlatform('linux/arm/v6'),
    bareArm,
    parsePlatform('linux/arm/v6'),
  ],
  [
    'the level given, where the config names none,',
    parsePlatform('linux/amd64/v3'),
    parsePlatform('linux/amd64'),
    parsePlatform('linux/amd64/v3'),
  ],
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

test('a version of Windows that cannot run the image is another platform', () => {
  const image = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.1' };

  expect(() => agreedPlatform(parsePlatform('windows(10.0.17763.1)/amd64'), image)).toThrow(
    'the platform given is windows(10.0.17763.1)/amd64, but the image config says windows(10.0.20348.1)/amd64',
  );
});

test('a variant that the config names is not overridden', () => {
  const image = { ...bareArm, variant: 'v6' };

  expect(() => agreedPlatform(parsePlatform('linux/arm/v7'), image)).toThrow(
    /says linux\/arm\/v6$/,
  );
});

import { expect, test } from 'vitest';
import { refuseOtherPlatform } from './matrix-platform.ts';
import { attestationFor, entryFor, imageFor } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const planOf = (...entries: readonly (typeof amd64)[]) => ({
  blobs: [],
  present: [],
  manifests: [],
  root: entries[0] ?? amd64,
  ...(entries.length > 1 ? { children: entries } : {}),
});

test.each([
  ['linux/arm64', planOf(amd64), 'linux/amd64'],
  ['linux/arm/v6', planOf(imageFor('linux/arm/v7')), 'linux/arm/v7'],
  ['linux/arm64', planOf(amd64, attestationFor(amd64)), 'linux/amd64'],
  ['linux/arm64', planOf(amd64, imageFor('linux/386')), 'linux/amd64, linux/386'],
  ['windows/amd64', planOf(amd64), 'linux/amd64'],
])('a leg of a matrix for %s that built another image is refused', (platform, plan, found) => {
  expect(() => refuseOtherPlatform(plan, { platform })).toThrow(
    expect.objectContaining({
      code: 'PLATFORM_MISMATCH',
      message: `the matrix has the platform ${platform} for this leg, but the image is for ${found}`,
    }),
  );
});

test.each([
  [
    'the same, written another way',
    planOf(imageFor('linux/arm64')),
    { platform: 'linux/aarch64/v8' },
  ],
  ['one of several', planOf(imageFor('linux/386'), amd64), { platform: 'linux/amd64' }],
  [
    'with a version of Windows',
    planOf(imageFor('windows(10.0.20348.1)/amd64')),
    { platform: 'windows/amd64' },
  ],
  ['that is no matrix', planOf(amd64), null],
  ['without such a key', planOf(amd64), { arch: 'arm64' }],
  ['where the key means another thing', planOf(amd64), { platform: 'ubuntu-24.04-arm' }],
  ['where the key is no text', planOf(amd64), { platform: { os: 'linux' } }],
  [
    'of an artifact',
    planOf(
      entryFor('disk', { artifactType: 'a/b', platform: { os: 'linux', architecture: 's390x' } }),
    ),
    { platform: 'linux/amd64' },
  ],
  ['of an image without any platform', planOf(entryFor('image')), { platform: 'linux/amd64' }],
])('nothing is said of a leg %s', (_, plan, matrix) => {
  expect(() => refuseOtherPlatform(plan, matrix)).not.toThrow();
});

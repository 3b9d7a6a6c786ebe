import type { Platform } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageOf, linux } from './content.ts';
import { layoutFiles } from './layout.ts';
import { refusalOf } from './refusal.ts';

const windows: Platform = {
  architecture: 'amd64',
  os: 'windows',
  'os.version': '10.0.20348.2340',
  'os.features': ['win32k'],
};
const arm: Platform = { architecture: 'arm', os: 'linux' };

interface Leg {
  /** What the config of the image says. */
  readonly config: Platform;
  readonly given?: Record<string, string>;
  readonly matrix?: Record<string, string>;
}

async function push({ config, given = {}, matrix = {} }: Leg) {
  await using registry = await startRegistry();
  const image = imageOf(config);
  const { platform: _, ...bare } = image.descriptor;
  const inputs = { image: `${registry.host}/acme/app`, source: 'oci:out', record: 'none' };
  const result = await act('push-manifest', {
    files: layoutFiles('out', { ...image, descriptor: bare }),
    matrix,
    with: { ...inputs, ...given },
  });
  return { result, registry };
}

const matrixFor = (platform: string) => ({ platform });

test.each<[string, Leg, Platform]>([
  ['os.version and os.features of Windows', { config: windows }, windows],
  [
    'arm64 without the variant that goes without saying',
    { config: { ...linux('arm64'), variant: 'v8' } },
    linux('arm64'),
  ],
  ['arm with the variant that it means', { config: arm }, { ...arm, variant: 'v7' }],
  [
    'the variant that was given, where the config names none',
    { config: arm, given: { platform: 'linux/arm/v6' } },
    { ...arm, variant: 'v6' },
  ],
  [
    'that of the matrix, where they agree',
    { config: linux('arm64'), matrix: matrixFor('linux/arm64/v8') },
    linux('arm64'),
  ],
  [
    'Windows, where the matrix names no version',
    { config: windows, matrix: matrixFor('windows/amd64') },
    windows,
  ],
  [
    'whatever, where the matrix means another thing',
    { config: linux('arm64'), matrix: matrixFor('ubuntu-24.04-arm') },
    linux('arm64'),
  ],
  [
    'the one given, whatever the matrix means',
    {
      config: linux('arm64'),
      given: { platform: 'linux/arm64' },
      matrix: matrixFor('linux/amd64'),
    },
    linux('arm64'),
  ],
])('the platform of the entry is %s', async (_, leg, platform) => {
  const { result } = await push(leg);

  expect(result.annotations).toEqual([]);
  expect(JSON.parse(result.outputs.descriptor ?? '').platform).toEqual(platform);
});

test.each<[string, Leg, RegExp]>([
  [
    'than the one given',
    { config: linux('arm64'), given: { platform: 'linux/amd64' } },
    /^the platform given is linux\/amd64, but the image config says linux\/arm64$/,
  ],
  [
    'than the matrix has',
    { config: linux('arm64'), matrix: matrixFor('linux/amd64') },
    /^the matrix has the platform linux\/amd64 for this leg, but the image is for linux\/arm64$/,
  ],
  [
    'of ARM than the matrix has',
    { config: { ...arm, variant: 'v7' }, matrix: matrixFor('linux/arm/v6') },
    /^the matrix has the platform linux\/arm\/v6 for this leg, but the image is for linux\/arm\/v7$/,
  ],
])('an image for another platform %s is refused', async (_, leg, what) => {
  const { result, registry } = await push(leg);

  const refusal = refusalOf(result, registry);
  expect(refusal).toMatchObject({ code: 'PLATFORM_MISMATCH', what: expect.stringMatching(what) });
  expect(refusal.hint).not.toBe('');
});

import { expect, test } from 'vitest';
import { refuseShadowed } from './refuse-shadowed.ts';
import { attestationFor, entryFor, imageFor } from './test-kit/records.ts';

const image = imageFor('linux/arm64');
const disk = (platform?: { os: string; architecture: string; variant?: string }) =>
  entryFor('disk', { artifactType: 'application/vnd.disk', ...(platform ? { platform } : {}) });
const arm64 = { os: 'linux', architecture: 'arm64' };

test('an artifact before the image of its platform is refused', () => {
  expect(() => refuseShadowed([disk(arm64), image])).toThrow(
    expect.objectContaining({
      code: 'ENTRY_DUPLICATE',
      message: `the artifact ${disk().digest} (application/vnd.disk) would stand before the container image ${image.digest} for linux/arm64, and containerd would take it`,
    }),
  );
});

test('an artifact of a platform that would have fallen back to an older image is refused', () => {
  expect(() => refuseShadowed([imageFor('linux/arm/v7'), disk(arm64)])).toThrow(/for linux\/arm64/);
});

test.each([
  ['behind the image', [image, disk(arm64)]],
  ['without a platform', [disk(), image]],
  ['for a machine that nobody has', [disk({ os: 'gardenlinux', architecture: 'arm64' }), image]],
  ['without any image', [disk(arm64)]],
  ['that is an attestation', [attestationFor(image), image]],
])('an artifact %s is in nobody’s way', (_, entries) => {
  expect(() => refuseShadowed(entries)).not.toThrow();
});

test('an artifact that podman prefers for its compression is refused, though containerd would not take it', () => {
  const annotations = { 'io.github.containers.compression.zstd': 'true' };

  expect(() => refuseShadowed([image, { ...disk(arm64), annotations }])).toThrow(
    /for linux\/arm64, and podman would take it$/,
  );
});

import { type Descriptor, descriptorOf, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { warnOfUnreachable } from './warn-of-unreachable.ts';

const entryOf = (content: string, platform: string, more: Partial<Descriptor> = {}): Descriptor =>
  descriptorOf(Buffer.from(content), mediaTypes.imageManifest, {
    platform: parsePlatform(platform),
    ...more,
  });

/** The warnings of a release in which the last of these entries came in. */
function warningsOf(...entries: readonly Descriptor[]): string[] {
  const warnings: string[] = [];
  const log = { warning: (text: string) => void warnings.push(text) };
  const changes = entries.map((descriptor, at) => ({
    outcome: at === entries.length - 1 ? 'added' : 'kept',
    descriptor,
  }));
  warnOfUnreachable({ entries, changes }, { log });
  return warnings;
}

const first = entryOf('first', 'linux/arm64');
const second = entryOf('second', 'linux/arm64/v8', { annotations: { flavour: 'debug' } });

test('an image behind another of its platform is named, with the one before it', () => {
  expect(warningsOf(first, second)).toEqual([
    `no runtime takes an image that stands behind another: ${second.digest} for linux/arm64, behind ${first.digest}`,
  ]);
});

test.each([
  ['an image that is alone for its platform', [entryOf('other', 'linux/amd64'), first]],
  ['an artifact beside an image', [first, { ...second, artifactType: 'application/vnd.disk' }]],
  [
    'a version of Windows',
    ['1', '2'].map((build) => entryOf(build, `windows(10.0.${build})/amd64`)),
  ],
  [
    'an image that podman takes for its compression',
    [first, { ...second, annotations: { 'io.github.containers.compression.zstd': 'true' } }],
  ],
  ['the same image twice', [first, first]],
  [
    'what no container runtime runs',
    ['1', '2'].map((disk) => entryOf(disk, 'gardenlinux(1877.3)/amd64')),
  ],
])('nothing is said of %s', (_, entries) => {
  expect(warningsOf(...entries)).toEqual([]);
});

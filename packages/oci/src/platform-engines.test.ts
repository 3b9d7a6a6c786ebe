import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Platform } from './platform.ts';
import { type Engine, engines, resolveAs, shadowedEntries } from './platform-engines.ts';
import { formatPlatform } from './platform-text.ts';

/** Entries as they are written, without any normalisation. */
const entriesOf = (text: string) => text.split(' ').map((name) => ({ name, ...entryOf(name) }));

function entryOf(name: string): { platform?: Platform; annotations?: Record<string, string> } {
  const [place = '', zstd] = name.split('!');
  const [os = '', architecture = '', variant] = place.split('/');
  return {
    ...(os === 'none' ? {} : { platform: { os, architecture, ...(variant ? { variant } : {}) } }),
    ...(zstd ? { annotations: { 'io.github.containers.compression.zstd': 'true' } } : {}),
  };
}

const resolve = (engine: Engine, entries: string, asked: string): string | undefined =>
  resolveAs(engine, entriesOf(entries), entryOf(asked).platform ?? { os: '', architecture: '' })
    ?.name;

test.each([
  ['both', 'linux/amd64 linux/arm64', 'linux/arm64', 'linux/arm64', 'linux/arm64'],
  ['32 bits on 64', 'linux/386', 'linux/amd64', 'linux/386', undefined],
  ['ARM of 32 bits', 'linux/arm/v7', 'linux/arm64', 'linux/arm/v7', undefined],
  ['an older ARM', 'linux/arm/v6 linux/arm/v5', 'linux/arm/v7', 'linux/arm/v6', 'linux/arm/v6'],
  ['an older x86', 'linux/amd64 linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64/v2', 'linux/amd64'],
  ['v8 said or not', 'linux/arm64/v8', 'linux/arm64', 'linux/arm64/v8', 'linux/arm64/v8'],
  ['v8 first', 'linux/arm64 linux/arm64/v8', 'linux/arm64/v8', 'linux/arm64', 'linux/arm64/v8'],
  ['v8 last', 'linux/arm64/v8 linux/arm64', 'linux/arm64', 'linux/arm64/v8', 'linux/arm64'],
  ['another name', 'linux/x86_64', 'linux/amd64', 'linux/x86_64', undefined],
  ['no variant last', 'linux/arm linux/arm/v6', 'linux/arm/v7', 'linux/arm', 'linux/arm/v6'],
  [
    'an unknown one',
    'linux/arm64/v9 linux/arm64',
    'linux/arm64/v9',
    'linux/arm64/v9',
    'linux/arm64/v9',
  ],
  ['no platform', 'none linux/amd64', 'linux/amd64', 'linux/amd64', 'linux/amd64'],
  ['only no platform', 'linux/s390x none', 'linux/amd64', 'none', 'none'],
  ['zstd', 'linux/amd64 linux/amd64!zstd', 'linux/amd64', 'linux/amd64', 'linux/amd64!zstd'],
  ['an attestation', 'unknown/unknown', 'linux/amd64', undefined, undefined],
])('engines choose by their own rules: %s', (_, entries, asked, containerd, podman) => {
  expect(resolve('containerd', entries, asked)).toBe(containerd);
  expect(resolve('podman', entries, asked)).toBe(podman);
});

const shadowsOf = (text: string, wanted: (name: string) => boolean = () => true): string[] => {
  const entries = entriesOf(text);
  const found = shadowedEntries(
    entries,
    entries.filter(({ name }) => wanted(name)),
  );
  return found.map(
    (shadow) =>
      `${shadow.engine}: ${shadow.found?.name} before ${shadow.entry.name} for ${formatPlatform(shadow.asked)}`,
  );
};

test.each([
  ['linux/amd64 linux/arm64 linux/arm/v7 linux/arm/v6 linux/amd64/v3 windows/amd64', []],
  ['none linux/amd64 unknown/unknown', []],
  [
    'linux/arm64 linux/arm64/v8',
    [
      'containerd: linux/arm64 before linux/arm64/v8 for linux/arm64/v8',
      'podman: linux/arm64/v8 before linux/arm64 for linux/arm64/v8',
    ].toSorted(),
  ],
  [
    'linux/amd64 linux/amd64!zstd',
    [
      'containerd: linux/amd64 before linux/amd64!zstd for linux/amd64',
      'podman: linux/amd64!zstd before linux/amd64 for linux/amd64',
    ],
  ],
])('what stands in the way of an entry is named: %s', (entries, shadows) => {
  expect(shadowsOf(entries).toSorted()).toEqual(shadows);
});

test('podman asks nothing of an index for Windows, whose versions it would not tell apart', () => {
  const platform = { os: 'windows', architecture: 'amd64' };
  const entries = ['10.0.17763.1', '10.0.20348.1'].map((version) => ({
    platform: { ...platform, 'os.version': version },
  }));

  expect(shadowedEntries(entries, entries)).toEqual([]);
});

test('in an index where all platforms differ in more than their variant nothing is shadowed', () => {
  const names = [
    'linux/amd64',
    'linux/arm64',
    'linux/arm/v7',
    'linux/386',
    'linux/riscv64',
    'none',
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(names), (chosen) => {
      expect(shadowsOf(chosen.join(' '), (name) => name !== 'none')).toEqual([]);
    }),
  );
});

test('whatever an engine takes is one of the entries, and alone it is found for itself', () => {
  const platforms = fc.record({
    os: fc.constantFrom('linux', 'windows', 'unknown'),
    architecture: fc.constantFrom('amd64', 'arm', 'arm64', 'constructor'),
    variant: fc.constantFrom('', 'v6', 'v7', 'v8', 'other'),
  });
  fc.assert(
    fc.property(fc.array(platforms), platforms, (others, platform) => {
      for (const engine of engines) {
        const entries = others.map((other) => ({ platform: other }));
        const found = resolveAs(engine, entries, platform);

        expect(found === undefined || entries.includes(found)).toBe(true);
        expect(resolveAs(engine, [{ platform }], platform)).toEqual({ platform });
      }
    }),
  );
});

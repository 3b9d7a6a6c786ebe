import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Platform } from './platform.ts';
import { type Engine, engines, resolveAs } from './platform-engines.ts';

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

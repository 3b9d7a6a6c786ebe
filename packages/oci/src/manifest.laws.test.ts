import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import { descriptorOf } from './descriptor.ts';
import { InvalidManifestError } from './invalid-manifest.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { mediaTypes } from './media-types.ts';
import { selectByPlatform } from './platform-match.ts';
import { platformKey } from './platform-text.ts';

const { imageManifest, imageIndex } = mediaTypes;
const layer = descriptorOf(Buffer.from('layer'), mediaTypes.imageLayer);
const child = descriptorOf(Buffer.from('child'), imageManifest, {
  artifactType: 'application/x',
  platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.features': ['a'] },
  urls: ['https://example.com'],
  data: 'Y2hpbGQ=',
  annotations: { a: 'b' },
});
const rest = { artifactType: 'application/y', subject: layer, annotations: { c: 'd' } };
const image = {
  schemaVersion: 2,
  mediaType: imageManifest,
  config: layer,
  layers: [layer],
  ...rest,
};
const index = { schemaVersion: 2, mediaType: imageIndex, manifests: [child, layer], ...rest };

const documents = fc.constantFrom<object>(image, index);
const mediaType = fc.constantFrom(undefined, imageManifest, imageIndex);

/** Reads, and uses what was read as callers do; undefined of what was refused as it should be. */
function read(bytes: Uint8Array, type: string | undefined): Manifest | undefined {
  let manifest: Manifest;
  try {
    manifest = parseManifest(bytes, type);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidManifestError);
    return undefined;
  }
  const descriptors =
    manifest.kind === 'index'
      ? manifest.index.manifests
      : [manifest.image.config, ...manifest.image.layers];
  selectByPlatform(descriptors, { os: 'linux', architecture: 'arm64' });
  for (const { platform, urls, annotations, data } of descriptors) {
    platformKey(platform);
    for (const url of urls ?? []) url.trim();
    for (const value of Object.values(annotations ?? {})) value.trim();
    data?.trim();
  }
  return manifest;
}

/** Every place in a JSON value, by the keys that lead there. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const below = Object.entries(value).flatMap(([key, member]) =>
    pathsOf(member).map((path) => [key, ...path]),
  );
  return [[], ...below];
}

/** The value with another one in a place; `undefined` takes away what is there. */
function replaced(value: unknown, [key, ...path]: string[], other: unknown): unknown {
  if (key === undefined || typeof value !== 'object' || value === null) return other;
  if (Array.isArray(value)) {
    return value.map((item, at) => (String(at) === key ? replaced(item, path, other) : item));
  }
  const entries = Object.entries(value).map(([name, member]) => [
    name,
    name === key ? replaced(member, path, other) : member,
  ]);
  return Object.fromEntries(entries);
}

test('arbitrary bytes are refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), mediaType, (bytes, type) => {
      expect(read(bytes, type)).toBeUndefined();
    }),
  );
});

test('arbitrary JSON is refused', () => {
  fc.assert(
    fc.property(fc.json(), mediaType, (text, type) => {
      expect(read(Buffer.from(text), type)).toBeUndefined();
    }),
  );
});

test('a document with anything in any of its places can be used, or is refused', () => {
  const mutated = documents.chain((document) =>
    fc
      .tuple(
        fc.constantFrom(...pathsOf(document)),
        fc.oneof(fc.constantFrom<unknown>(undefined, null, '', 0, [], {}), fc.jsonValue()),
      )
      .map(([path, other]) => replaced(document, path, other)),
  );
  fc.assert(
    fc.property(mutated, mediaType, (document, type) => {
      read(Buffer.from(JSON.stringify(document) ?? ''), type);
    }),
    { numRuns: 2000 },
  );
});

test('a document with any byte changed can be used, or is refused', () => {
  const mutated = documents.chain((document) => {
    const bytes = Buffer.from(JSON.stringify(document));
    return fc
      .tuple(fc.nat(bytes.length - 1), fc.nat(255))
      .map(([at, byte]) => Buffer.from(bytes).fill(byte, at, at + 1));
  });
  fc.assert(
    fc.property(mutated, mediaType, (bytes, type) => {
      read(bytes, type);
    }),
    { numRuns: 1000 },
  );
});

test('a document is the same for any media type that it may come with, and when it is written again', () => {
  fc.assert(
    fc.property(documents, fc.dictionary(fc.string(), fc.jsonValue()), (document, unknown) => {
      const own = Object.fromEntries(Object.entries(document));
      const bytes = canonicalBytes({ ...unknown, ...own });

      const manifest = read(bytes, undefined);

      const written = manifest?.kind === 'index' ? manifest.index : manifest?.image;
      expect(Buffer.from(canonicalBytes(written)).equals(bytes)).toBe(true);
      expect(read(bytes, manifest?.mediaType)).toEqual(manifest);
    }),
  );
});

import { expect, test } from 'vitest';
import { descriptorOf } from './descriptor.ts';
import { emptyDescriptor } from './empty.ts';
import { InvalidManifestError } from './invalid-manifest.ts';
import { maxManifestSize, parseManifest } from './manifest.ts';
import { mediaTypes } from './media-types.ts';

const { imageManifest, imageIndex, dockerManifest, dockerManifestList } = mediaTypes;
const layer = descriptorOf(Buffer.from('layer'), mediaTypes.imageLayer);
const child = descriptorOf(Buffer.from('child'), imageManifest);
const image = {
  schemaVersion: 2,
  mediaType: imageManifest,
  config: emptyDescriptor,
  layers: [layer],
};
const index = { schemaVersion: 2, mediaType: imageIndex, manifests: [child] };

const bytesOf = (document: unknown): Uint8Array =>
  Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));

test('an image manifest is read, with what we do not know', () => {
  const document = {
    ...image,
    artifactType: 'application/x',
    subject: child,
    annotations: { a: 'b' },
    unknown: { deep: [1, null] },
  };

  const manifest = parseManifest(bytesOf(document), imageManifest);

  expect(manifest).toEqual({ kind: 'image', mediaType: imageManifest, image: document });
});

test('an index is read, with what we do not know', () => {
  const platform = { os: 'linux', architecture: 'arm64', variant: 'v8' };
  const document = { ...index, manifests: [{ ...child, platform, x: 1 }], subject: layer, y: [2] };

  const manifest = parseManifest(bytesOf(document), imageIndex);

  expect(manifest).toEqual({ kind: 'index', mediaType: imageIndex, index: document });
});

test.each([
  ['image', { ...image, mediaType: dockerManifest }, dockerManifest],
  ['index', { ...index, mediaType: dockerManifestList }, dockerManifestList],
])("Docker's %s is read as one", (kind, document, mediaType) => {
  expect(parseManifest(bytesOf(document))).toMatchObject({ kind, mediaType });
});

test.each([
  ['says it alone', image, undefined],
  ['agrees with the outside', image, imageManifest],
  ['agrees with an outside that has parameters', image, `${imageManifest}; charset=utf-8`],
  ['agrees with an outside in upper case', image, imageManifest.toUpperCase()],
  ['leaves it to the outside', { ...image, mediaType: undefined }, imageManifest],
  ['leaves it to the outside by an empty text', { ...image, mediaType: '' }, imageManifest],
])('the media type is known where the document %s', (_, document, given) => {
  expect(parseManifest(bytesOf(document), given).mediaType).toBe(imageManifest);
});

test('what is null at the top is absent', () => {
  const document = { ...image, subject: null, annotations: null, artifactType: null };

  const manifest = parseManifest(bytesOf(document));

  expect(manifest).toEqual({ kind: 'image', mediaType: imageManifest, image });
});

test('what is null in a descriptor is absent, wherever the descriptor stands', () => {
  const loose = (descriptor: object): object => ({ ...descriptor, platform: null, urls: null });
  const [imageText, indexText] = [
    { ...image, config: loose(emptyDescriptor), layers: [loose(layer)], subject: loose(child) },
    { ...index, manifests: [loose(child)] },
  ];

  expect(parseManifest(bytesOf(imageText))).toMatchObject({ image: { ...image, subject: child } });
  expect(parseManifest(bytesOf(indexText))).toEqual({
    kind: 'index',
    mediaType: imageIndex,
    index,
  });
});

test('an image may have no layers, and an index no manifests', () => {
  expect(parseManifest(bytesOf({ ...image, layers: [] }))).toMatchObject({ kind: 'image' });
  expect(parseManifest(bytesOf({ ...index, manifests: [] }))).toMatchObject({ kind: 'index' });
});

test.each([
  ['an index with layers', { ...index, layers: [] }, '$.layers'],
  ['an index with a config', { ...index, config: emptyDescriptor }, '$.config'],
  ['an image with manifests', { ...image, manifests: [] }, '$.manifests'],
  ['an image that calls itself an index', { ...image, mediaType: imageIndex }, '$.config'],
  ['an index that calls itself an image', { ...index, mediaType: imageManifest }, '$.manifests'],
  ['a property for readers that fold case', { ...image, Layers: [child] }, '$'],
  ['manifests for readers that fold case', { ...image, MANIFESTS: [child] }, '$'],
  ['manifests with a long s', { ...image, 'manife\u017ft\u017f': [child] }, '$'],
  ['another media type', { ...image, mediaType: 'application/json' }, '$.mediaType'],
  [
    'a media type in upper case',
    { ...image, mediaType: imageManifest.toUpperCase() },
    '$.mediaType',
  ],
  ['no media type', { ...image, mediaType: undefined }, '$.mediaType'],
  ['an empty media type', { ...image, mediaType: '' }, '$.mediaType'],
  ['a media type that is null', { ...image, mediaType: null }, '$.mediaType'],
  ['a media type that is a list', { ...image, mediaType: [imageManifest] }, '$.mediaType'],
  ['schema version 1', { ...image, schemaVersion: 1 }, '$.schemaVersion'],
  ['schema version 3', { ...image, schemaVersion: 3 }, '$.schemaVersion'],
  ['a schema version that is text', { ...image, schemaVersion: '2' }, '$.schemaVersion'],
  ['no schema version', { ...image, schemaVersion: undefined }, '$.schemaVersion'],
  ['no config', { ...image, config: undefined }, '$.config'],
  ['a config that is null', { ...image, config: null }, '$.config'],
  ['no layers', { ...image, layers: undefined }, '$.layers'],
  ['layers that are null', { ...image, layers: null }, '$.layers'],
  ['layers that are an object', { ...image, layers: { 0: layer } }, '$.layers'],
  ['a layer that is null', { ...image, layers: [layer, null] }, '$.layers[1]'],
  ['a layer of negative size', { ...image, layers: [{ ...layer, size: -1 }] }, '$.layers[0].size'],
  ['a config of text size', { ...image, config: { ...layer, size: '2' } }, '$.config.size'],
  ['a config of no digest', { ...image, config: { ...layer, digest: 'x' } }, '$.config.digest'],
  ['no manifests', { ...index, manifests: undefined }, '$.manifests'],
  [
    'an entry of no media type',
    { ...index, manifests: [child, { ...child, mediaType: '' }] },
    '$.manifests[1].mediaType',
  ],
  ['a subject without a digest', { ...index, subject: { size: 1 } }, '$.subject.mediaType'],
  ['a subject that is text', { ...index, subject: child.digest }, '$.subject'],
  ['annotations that are a list', { ...index, annotations: [] }, '$.annotations'],
  ['an annotation that is a number', { ...index, annotations: { a: 1 } }, '$.annotations["a"]'],
  ['an artifact type that is a number', { ...image, artifactType: 5 }, '$.artifactType'],
  ['a list around it', [image], '$'],
  ['null for all', null, '$'],
  ['a digest for all', JSON.stringify(child.digest), '$'],
])('a document with %s is refused, by the path of the offence', (_, document, path) => {
  expect(() => parseManifest(bytesOf(document))).toThrow(
    expect.objectContaining({ code: 'INVALID_MANIFEST', path }),
  );
});

test.each([
  [image, imageIndex],
  [index, imageManifest],
  [image, dockerManifest],
  [image, mediaTypes.octetStream],
  [image, 'application/json'],
])(
  'a document that came with another media type than its own is refused: %#',
  (document, given) => {
    expect(() => parseManifest(bytesOf(document), given)).toThrow(
      `is not the media type it came with, ${given}`,
    );
  },
);

test.each([
  ['the same property', '{"schemaVersion":2,"schemaVersion":2}'],
  ['two lists of layers', JSON.stringify(image).replace(/\}$/, ',"layers":[]}')],
  ['one of them escaped', JSON.stringify(image).replace(/\}$/, ',"l\\u0061yers":[]}')],
])('a document that says a thing twice is refused: %s', (_, text) => {
  expect(() => parseManifest(bytesOf(text))).toThrow('has this property twice');
});

const text = JSON.stringify({ ...image, annotations: { a: '?' } });
const at = text.indexOf('?');
test.each([
  ['nothing', Buffer.of()],
  ['half of it', Buffer.from(text.slice(0, -5))],
  ['a second document', Buffer.from(text + text)],
  ['a comma too many', Buffer.from(text.replace(/\}$/, ',}'))],
  ['a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16', Buffer.from(text, 'utf16le')],
  ['a byte that is no UTF-8', Buffer.from(text).fill(0xff, at, at + 1)],
  ['a zero byte in a string', Buffer.from(text).fill(0, at, at + 1)],
])('bytes that are no JSON are refused: %s', (_, bytes) => {
  expect(() => parseManifest(bytes, imageManifest)).toThrow(
    /^not a valid manifest: \$ is not JSON: ".{0,400}"$/,
  );
});

test('a document of exactly the greatest size is read, and one byte more is too much', () => {
  const padded = Buffer.from(JSON.stringify(image).padEnd(maxManifestSize));

  expect(parseManifest(padded)).toMatchObject({ kind: 'image' });
  expect(() => parseManifest(Buffer.concat([padded, Buffer.from(' ')]))).toThrow(
    '$ has more than 8388608 bytes: 8388609',
  );
});

test('a document nested a hundred thousand deep is read or refused like any other', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const within = (key: string): Uint8Array =>
    bytesOf(JSON.stringify({ ...image, [key]: '?' }).replace('"?"', deep));

  expect(parseManifest(within('unknown'))).toMatchObject({ kind: 'image' });
  expect(() => parseManifest(within('config'))).toThrow(InvalidManifestError);
  expect(() => parseManifest(bytesOf(deep))).toThrow(InvalidManifestError);
});

test('an entry without a media type, as podman once wrote it, is one of an image manifest', () => {
  const { mediaType: _, ...bare } = child;

  const manifest = parseManifest(bytesOf({ ...index, manifests: [bare] }));

  expect(manifest).toMatchObject({ index: { manifests: [{ ...bare, mediaType: imageManifest }] } });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { descriptorOf, parseAnnotations, parseDescriptor } from './descriptor.ts';
import { digestOf } from './digest.ts';
import { InvalidManifestError } from './invalid-manifest.ts';

const valid = { mediaType: 'text/plain', digest: digestOf('abc'), size: 3 };

test('bytes have a descriptor, which is valid', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const descriptor = descriptorOf(bytes, 'text/plain');

      expect(descriptor).toEqual({
        mediaType: 'text/plain',
        digest: digestOf(bytes),
        size: bytes.length,
      });
      expect(parseDescriptor(descriptor)).toBe(descriptor);
    }),
  );
});

test('what is said of the bytes stays, and cannot contradict them', () => {
  const wrong = { size: 99, digest: digestOf('other'), mediaType: 'a/b' };

  const descriptor = descriptorOf(Buffer.from('abc'), 'text/plain', {
    ...wrong,
    annotations: { a: 'b' },
  });

  expect(descriptor).toEqual({ ...valid, annotations: { a: 'b' } });
});

test('a valid descriptor is returned as it is, with what we do not know', () => {
  const descriptor = {
    ...valid,
    artifactType: 'application/x',
    platform: {
      os: 'windows',
      architecture: 'amd64',
      'os.version': '10.0.20348',
      'os.features': ['win32k'],
      variant: 'v2',
      features: ['sse4'],
    },
    urls: ['https://example.com/x'],
    data: 'YWJj',
    annotations: { key: 'value', empty: '' },
    unknown: { nested: [null] },
  };

  expect(parseDescriptor(descriptor)).toBe(descriptor);
});

test.each(['platform', 'annotations', 'artifactType', 'urls', 'data'])(
  'a %s that is null is absent',
  (key) => {
    const parsed = parseDescriptor({ ...valid, [key]: null, unknown: null });

    expect(Object.keys(parsed)).toEqual(['mediaType', 'digest', 'size', 'unknown']);
  },
);

test.each([0, -0, 1, Number.MAX_SAFE_INTEGER])('%d is a size', (size) => {
  expect(parseDescriptor({ ...valid, size }).size).toBe(size);
});

test.each([
  ['size', -1],
  ['size', 0.5],
  ['size', '3'],
  ['size', null],
  ['size', undefined],
  ['size', true],
  ['size', [3]],
  ['size', 2 ** 53],
  ['size', 1e300],
  ['size', Number.POSITIVE_INFINITY],
  ['size', Number.NaN],
  ['digest', digestOf('').toUpperCase()],
  ['digest', digestOf('').slice(0, -1)],
  ['digest', `${digestOf('')}\n`],
  ['digest', 'md5:900150983cd24fb0d6963f7d28e17f72'],
  ['digest', '../../etc'],
  ['digest', null],
  ['digest', undefined],
  ['digest', [digestOf('')]],
  ['mediaType', ''],
  ['mediaType', null],
  ['mediaType', undefined],
  ['mediaType', 5],
  ['artifactType', 5],
  ['artifactType', ['a/b']],
  ['annotations', []],
  ['annotations', 'a=b'],
  ['urls', 'https://example.com'],
  ['urls', [5]],
  ['data', 5],
  ['data', ['YWJj']],
  ['platform', 'linux/amd64'],
  ['platform', []],
])('a descriptor whose %s is %j is refused, by its path', (key, value) => {
  expect(() => parseDescriptor({ ...valid, [key]: value }, '$.config')).toThrow(
    expect.objectContaining({ code: 'INVALID_MANIFEST', path: `$.config.${key}` }),
  );
});

test.each([
  [{ os: 'linux' }, '$.platform.architecture'],
  [{ architecture: 'amd64' }, '$.platform.os'],
  [{ os: 5, architecture: 'amd64' }, '$.platform.os'],
  [{ os: 'linux', architecture: null }, '$.platform.architecture'],
  [{ os: 'linux', architecture: 'arm', variant: 7 }, '$.platform.variant'],
  [{ os: 'linux', architecture: 'arm', 'os.version': 10 }, '$.platform.os.version'],
  [{ os: 'linux', architecture: 'arm', 'os.features': 'a' }, '$.platform["os.features"]'],
  [{ os: 'linux', architecture: 'arm', 'os.features': [1] }, '$.platform["os.features"]'],
])('the platform %j is refused at %s', (platform, path) => {
  expect(() => parseDescriptor({ ...valid, platform })).toThrow(expect.objectContaining({ path }));
});

test.each([null, undefined, 5, 'text', [], [valid]])('%j is no descriptor', (value) => {
  expect(() => parseDescriptor(value)).toThrow(InvalidManifestError);
});

test('annotations are text, and the error names the one that is not', () => {
  const annotations = { a: '1', constructor: '2' };

  expect(parseAnnotations(annotations)).toBe(annotations);
  expect(() => parseAnnotations({ a: '1', 'b.c': 2 }, '$.annotations')).toThrow(
    'not a valid manifest: $.annotations["b.c"] is not text: 2',
  );
});

import { expect, test } from 'vitest';
import {
  isImageConfigType,
  isImageManifestType,
  isIndexType,
  isManifestType,
  isMediaType,
  isRuntimeLayerType,
  mediaTypes,
} from './media-types.ts';

const all = Object.values(mediaTypes);

test('a manifest is an image manifest or an index, of OCI or of Docker', () => {
  expect(all.filter(isImageManifestType)).toEqual([
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ]);
  expect(all.filter(isIndexType)).toEqual([
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
  ]);
  expect(all.filter(isManifestType).sort()).toEqual(
    [...all.filter(isImageManifestType), ...all.filter(isIndexType)].sort(),
  );
});

test.each([
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
  'application/vnd.oci.artifact.manifest.v1+json',
  'application/json',
  'application/vnd.oci.image.manifest.v1+json; charset=utf-8',
])('%s is no manifest that we read', (mediaType) => {
  expect(isManifestType(mediaType)).toBe(false);
});

test('two config types make a container image', () => {
  expect(all.filter(isImageConfigType)).toEqual([mediaTypes.imageConfig, mediaTypes.dockerConfig]);
});

test.each([
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.oci.image.layer.v1.tar+gzip',
  'application/vnd.oci.image.layer.v1.tar+zstd',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.docker.image.rootfs.diff.tar.gzip',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
])('runtimes unpack %s', (mediaType) => {
  expect(isRuntimeLayerType(mediaType)).toBe(true);
});

test.each([
  mediaTypes.octetStream,
  mediaTypes.empty,
  'application/vnd.oci.image.layer.v1.tar+xz',
  'application/vnd.oci.image.layer.v1.tar+gzip+encrypted',
  'application/tar+gzip',
])('runtimes do not unpack %s', (mediaType) => {
  expect(isRuntimeLayerType(mediaType)).toBe(false);
});

test.each([...all, 'text/plain', 'a/b', 'application/x.y!#$&^_+-.1', `a/${'b'.repeat(127)}`])(
  '%s is a media type',
  (text) => {
    expect(isMediaType(text)).toBe(true);
  },
);

test.each([
  '',
  'text',
  'text/',
  '/plain',
  'text/plain/more',
  'text/plain; charset=utf-8',
  'text/pl ain',
  'text/plain\n',
  '.text/plain',
  'text/+json',
  'tëxt/plain',
  '*/*',
  `a/${'b'.repeat(128)}`,
])('%j is no media type', (text) => {
  expect(isMediaType(text)).toBe(false);
});

import { digestOf, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageAt, push, titleOf } from './pushed.ts';

const files = {
  'out/b.tar.gz': 'b',
  'out/a.tar': 'a',
  'out/notes.txt': 'notes',
  'out/deep/c.raw.zst': 'c',
};

test('a file has the media type that stands behind its path', async () => {
  await using pushed = await push({
    files,
    with: { files: 'out/a.tar:application/x-tar\nout/notes.txt:text/plain', record: 'none' },
  });

  expect(pushed.types).toEqual({ 'a.tar': 'application/x-tar', 'notes.txt': 'text/plain' });
});

test('of the suffixes that fit a name the longest gives the media type', async () => {
  await using pushed = await push({
    files,
    with: {
      files: 'out/**',
      'media-types':
        'gz=application/gzip\n.tar.gz=application/x-compressed-tar\ntar=application/x-tar',
      'default-media-type': 'application/octet-stream',
    },
  });

  expect(pushed.types).toEqual({
    'a.tar': 'application/x-tar',
    'b.tar.gz': 'application/x-compressed-tar',
    'deep/c.raw.zst': 'application/octet-stream',
    'notes.txt': 'application/octet-stream',
  });
});

test('a file of no known type is refused without a default, and taken with one', async () => {
  await using registry = await startRegistry();
  const inputs = { image: `${registry.host}/acme/app`, files: 'out/*.txt\nout/a.tar:a/b' };

  const without = await act('push-manifest', { files, with: inputs });
  const requests = registry.requests();
  await using pushed = await push(
    { files, with: { ...inputs, 'default-media-type': 'text/plain' } },
    registry,
  );

  expect(without.exitCode).toBe(1);
  expect(without.annotations).toEqual([
    {
      level: 'error',
      title: 'MEDIA_TYPE_UNKNOWN',
      message: expect.stringMatching(
        /^no media type is known for notes\.txt\n.*default-media-type/,
      ),
    },
  ]);
  expect(requests).toEqual([]);
  expect(pushed.types).toEqual({ 'a.tar': 'a/b', 'notes.txt': 'text/plain' });
});

test('patterns and exclusions give the files, sorted by path whatever the order of the lines', async () => {
  const lines = ['out/deep/*', 'out/*', '!out/notes.*'];

  await using pushed = await push({
    files,
    with: { files: lines.join('\n'), 'default-media-type': 'a/b' },
  });

  expect(pushed.image.layers.map(titleOf)).toEqual(['a.tar', 'b.tar.gz', 'deep/c.raw.zst']);
});

test('the same files give the same digest, however they are named', async () => {
  await using first = await push({
    files,
    with: { files: 'out/**', 'default-media-type': 'a/b' },
  });
  const names = Object.keys(files).map((path) => `${path}:a/b`);

  await using second = await push({ files, with: { files: names.join('\n') } });

  expect(second.result.outputs.digest).toBe(first.result.outputs.digest);
});

test('a file that is named twice is one layer', async () => {
  await using pushed = await push({
    files,
    with: { files: 'out/a.tar:a/b\nout/*.tar\nout/a.tar:a/b' },
  });

  expect(pushed.image.layers).toHaveLength(1);
  expect(pushed.result.outputs.uploaded).toBe('2');
});

test('two files with the same bytes are two layers and one blob', async () => {
  await using pushed = await push({
    files: { a: 'same', b: 'same' },
    with: { files: 'a:a/b\nb:a/b' },
  });

  expect(pushed.image.layers.map(titleOf)).toEqual(['a', 'b']);
  expect(pushed.registry.blobs('acme/app').toSorted()).toEqual(
    [digestOf(Buffer.from('same')), emptyDescriptor.digest].sort(),
  );
});

test('an empty file is a layer like any other', async () => {
  await using pushed = await push({ files: { empty: '' }, with: { files: 'empty:text/plain' } });

  expect(pushed.image.layers).toEqual([
    {
      mediaType: 'text/plain',
      digest: digestOf(new Uint8Array()),
      size: 0,
      annotations: { 'org.opencontainers.image.title': 'empty' },
    },
  ]);
  expect(pushed.registry.blobs('acme/app')).toContain(digestOf(new Uint8Array()));
});

test('names with spaces, colons and brackets are files like any other', async () => {
  const names = ['a b.bin', 'c:d.bin', 'e[1].bin', 'ü.bin'];

  await using pushed = await push({
    files: Object.fromEntries(names.map((name) => [name, name])),
    with: { files: names.map((name) => `${name}:a/b`).join('\r\n') },
  });

  expect(pushed.image.layers.map(titleOf).toSorted()).toEqual(names);
});

test('descriptors that push-blobs gave become a manifest without any file', async () => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;
  const blobs = await act('push-blobs', {
    files,
    with: { image, files: 'out/**', 'default-media-type': 'a/b' },
  });
  await using direct = await push({
    files,
    with: { files: 'out/**', 'default-media-type': 'a/b' },
  });

  await using pushed = await push(
    { with: { descriptors: blobs.outputs.descriptors ?? '' } },
    registry,
  );

  expect(pushed.result.outputs).toMatchObject({
    digest: direct.result.outputs.digest,
    uploaded: '1',
    present: '4',
  });
});

test('a container image is one with an image config, and has its platform from there', async () => {
  const config = '{"os":"linux","architecture":"arm64","rootfs":{"type":"layers","diff_ids":[]}}';

  await using pushed = await push({
    files: { 'layer.tar': 'x', 'config.json': config },
    with: {
      files: `layer.tar:${mediaTypes.imageLayer}`,
      config: `config.json:${mediaTypes.imageConfig}`,
    },
  });

  expect(pushed.image).not.toHaveProperty('artifactType');
  expect(pushed.image.config).toMatchObject({ mediaType: mediaTypes.imageConfig, size: 78 });
  expect(JSON.parse(pushed.result.outputs.descriptor ?? '')).toMatchObject({
    platform: { os: 'linux', architecture: 'arm64' },
  });
});

test('a config of a kind of its own makes an artifact of that kind', async () => {
  await using pushed = await push({
    files: { a: 'x', 'config.json': '{"a":1}' },
    with: { files: 'a:a/b', config: 'config.json:application/vnd.acme.config+json' },
  });

  expect(imageAt(pushed.registry, pushed.result.outputs.digest ?? '').config.size).toBe(7);
  expect(JSON.parse(pushed.result.outputs.descriptor ?? '').artifactType).toBe(
    'application/vnd.acme.config+json',
  );
});

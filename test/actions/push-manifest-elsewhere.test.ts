import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { type Content, imageOf, indexOf, linux, seed } from './content.ts';
import { refusalOf, writes } from './refusal.ts';

const images = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const index = indexOf(images, { annotations: { made: 'elsewhere' } });

const bytesOf = ({ descriptor, blobs }: Content): Uint8Array =>
  new Uint8Array(blobs.get(descriptor.digest)?.bytes ?? []);

test('an image of another registry is pushed byte for byte', async () => {
  await using source = await startRegistry();
  await using registry = await startRegistry();
  seed(source, 'acme/base', index, '1.0');

  const result = await act('push-manifest', {
    with: {
      image: `${registry.host}/acme/app`,
      source: `docker://${source.host}/acme/base:1.0`,
      record: 'output',
    },
  });

  expect(result.annotations).toEqual([]);
  expect(result.outputs.digest).toBe(index.descriptor.digest);
  expect(registry.manifest('acme/app', index.descriptor.digest)?.bytes).toEqual(bytesOf(index));
  const { children } = JSON.parse(result.outputs.record ?? '');
  expect(children).toEqual(images.map(({ descriptor }) => descriptor));
});

test('an image of another repository is mounted, and of one platform when that is named', async () => {
  await using registry = await startRegistry({ capabilities: { mount: true } });
  seed(registry, 'acme/base', index);

  const result = await act('push-manifest', {
    with: {
      image: `${registry.host}/acme/app`,
      source: `docker://${registry.host}/acme/base@${index.descriptor.digest}`,
      platform: 'linux/arm64',
      record: 'none',
    },
  });

  expect(result.outputs).toMatchObject({
    digest: images[1]?.descriptor.digest,
    uploaded: '0',
    present: '2',
    'bytes-uploaded': '0',
  });
  expect(registry.statistics()).toMatchObject({ blobsMounted: 2, blobsUploaded: 0 });
});

test('each registry gets its own credentials, and never those of the other', async () => {
  const ours = { username: 'pusher', password: 'for the target' };
  const theirs = { username: 'reader', password: 'for the source' };
  await using source = await startRegistry({ auth: { kind: 'basic', ...theirs } });
  await using registry = await startRegistry({ auth: { kind: 'basic', ...ours } });
  await using home = await temporaryDirectory('logins');
  seed(source, 'acme/base', index, '1.0');
  const auth = Buffer.from(`${theirs.username}:${theirs.password}`).toString('base64');
  await writeFile(
    join(home.path, 'config.json'),
    JSON.stringify({ auths: { [source.host]: { auth } } }),
  );
  const inputs = {
    image: `${registry.host}/acme/app`,
    source: `docker://${source.host}/acme/base:1.0`,
    record: 'none',
  };

  const result = await act('push-manifest', {
    with: { ...inputs, ...ours },
    env: { DOCKER_CONFIG: home.path },
  });
  const without = await act('push-manifest', { with: { ...inputs, ...ours } });

  expect(result.outputs.digest).toBe(index.descriptor.digest);
  // The user name and password given are for the registry of the image alone.
  expect(without.annotations).toEqual([
    expect.objectContaining({
      title: 'NO_CREDENTIALS',
      message: expect.stringContaining(`registry ${source.host} asks for`),
    }),
  ]);
});

test('a dry run of an image elsewhere prints its digest and writes nothing', async () => {
  await using source = await startRegistry();
  await using registry = await startRegistry();
  seed(source, 'acme/base', index, '1.0');

  const result = await act('push-manifest', {
    with: {
      image: `${registry.host}/acme/app`,
      source: `docker://${source.host}/acme/base:1.0`,
      'dry-run': 'true',
      record: 'none',
    },
  });

  expect(result.outputs.digest).toBe(index.descriptor.digest);
  expect(writes(registry)).toEqual([]);
});

test.each([
  [
    'a tag that is not there',
    'acme/base:2.0',
    {},
    'MANIFEST_UNKNOWN',
    /\/acme\/base has no manifest 2\.0$/,
  ],
  ['neither tag nor digest', 'acme/base', {}, 'INPUT_INVALID', /in source names no image$/],
  [
    'a platform that it has not',
    'acme/base:1.0',
    { platform: 'linux/s390x' },
    'SOURCE_INVALID',
    /0 of them for linux\/s390x$/,
  ],
  [
    'annotations for the manifest',
    'acme/base:1.0',
    { annotations: 'a=b' },
    'ANNOTATION_INVALID',
    /cannot go with "source"/,
  ],
])('an image elsewhere is refused with %s', async (_, reference, given, code, what) => {
  await using source = await startRegistry();
  await using registry = await startRegistry();
  seed(source, 'acme/base', index, '1.0');
  const image = `${registry.host}/acme/app`;

  const result = await act('push-manifest', {
    with: { image, source: `docker://${source.host}/${reference}`, ...given },
  });

  expect(refusalOf(result, registry)).toMatchObject({ code, what: expect.stringMatching(what) });
});

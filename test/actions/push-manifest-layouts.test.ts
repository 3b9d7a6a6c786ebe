import { encodedOf, formatPlatform, mediaTypes, parseManifest } from '@oci-matrix/oci';
import { type ActionResult, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act, type FileContents } from './act.ts';
import { artifactOf, type Content, contentOf, imageOf, indexOf, linux } from './content.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { refusalOf } from './refusal.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];

interface Pushed {
  readonly result: ActionResult;
  readonly manifests: readonly string[];
  readonly blobs: readonly string[];
  readonly root: Uint8Array | undefined;
}

async function push(
  files: FileContents,
  source: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Pushed> {
  await using registry = await startRegistry();

  const result = await act('push-manifest', {
    files,
    with: { image: `${registry.host}/acme/app`, source, record: 'output', ...given },
  });

  const root = registry.manifest('acme/app', result.outputs.digest ?? '')?.bytes;
  const [manifests, blobs] = [registry.manifests('acme/app'), registry.blobs('acme/app')];
  return { result, manifests, blobs, root };
}

const bytesOf = ({ descriptor, blobs }: Content): Uint8Array | undefined =>
  blobs.get(descriptor.digest)?.bytes;

test.each([
  ['a folder', layoutFiles('out', amd64), 'oci:out'],
  ['an archive', { 'out.tar': tarOf(layoutFiles('', amd64)) }, 'oci-archive:out.tar'],
  ['an archive with "./" before its names', { a: tarOf(layoutFiles('.', amd64)) }, 'oci-archive:a'],
])('the image of a layout in %s is pushed byte for byte', async (_, files, source) => {
  const { result, manifests, blobs, root } = await push(files, source);

  expect(result.annotations).toEqual([]);
  expect(result.outputs.digest).toBe(amd64.descriptor.digest);
  expect(root).toEqual(new Uint8Array(bytesOf(amd64) ?? []));
  expect([...manifests, ...blobs].sort()).toEqual([...amd64.blobs.keys()].sort());
  expect(JSON.parse(result.outputs.descriptor ?? '')).toEqual(amd64.descriptor);
});

test('of several platforms one is pushed when it is named', async () => {
  const files = layoutFiles('out', indexOf([amd64, arm64]));

  const { result, manifests } = await push(files, 'oci:out', { platform: 'linux/arm64' });

  expect(manifests).toEqual([arm64.descriptor.digest]);
  expect(JSON.parse(result.outputs.descriptor ?? '').platform).toEqual(linux('arm64'));
});

test('of several platforms all are pushed with their index when none is named', async () => {
  const index = indexOf([amd64, arm64], { annotations: { made: 'elsewhere' } });

  const { result, manifests, root } = await push(layoutFiles('out', index), 'oci:out');

  expect(result.outputs.digest).toBe(index.descriptor.digest);
  expect(root).toEqual(new Uint8Array(bytesOf(index) ?? []));
  expect(manifests).toHaveLength(3);
  const { children } = JSON.parse(result.outputs.record ?? '');
  expect(
    children.map(({ platform }: typeof amd64.descriptor) => platform && formatPlatform(platform)),
  ).toEqual(['linux/amd64', 'linux/arm64']);
});

test('an index in an index is followed to its images, attestations with them', async () => {
  const attestation = artifactOf('application/vnd.in-toto+json', '{}');
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': amd64.descriptor.digest,
  };
  const speaking = { ...attestation, descriptor: { ...attestation.descriptor, annotations } };
  const files = layoutFiles('out', indexOf([indexOf([amd64, speaking])]));

  const { result, manifests } = await push(files, 'oci:out');

  expect(result.outputs.digest).toBe(amd64.descriptor.digest);
  expect(manifests.toSorted()).toEqual(
    [amd64, attestation].map(({ descriptor }) => descriptor.digest).sort(),
  );
  const { children } = JSON.parse(result.outputs.record ?? '');
  expect(children).toEqual([amd64.descriptor, expect.objectContaining({ annotations })]);
});

const inFolder = ({ descriptor: { digest } }: Content): string =>
  `out/blobs/sha256/${encodedOf(digest)}`;
const layerOf = (image: Content): Content => {
  const manifest = parseManifest(bytesOf(image) ?? new Uint8Array(), mediaTypes.imageManifest);
  const layer = manifest.kind === 'image' ? manifest.image.layers[0] : undefined;
  return contentOf(
    image.blobs.get(layer?.digest ?? amd64.descriptor.digest)?.bytes ?? Buffer.alloc(0),
    '',
  );
};
const archive = tarOf(layoutFiles('', amd64));
const whole = layoutFiles('out', amd64);

test.each([
  ['a folder that is no layout', { 'out/x': '' }, 'oci:out', /out is not an OCI image layout/],
  ['a folder that is not there', {}, 'oci:out', /^out is not .*: it has no index\.json$/],
  ['an archive that is not there', {}, 'oci-archive:out.tar', /it cannot be read as a tar archive/],
  ['a file that is no archive', { o: 'no tar' }, 'oci-archive:o', /^o is not an OCI image layout/],
  [
    'an archive cut off inside a blob',
    { o: archive.subarray(0, 2000) },
    'oci-archive:o',
    /^o is not an OCI image layout: it cannot be read/,
  ],
  [
    'an archive cut off behind its blobs',
    { o: archive.subarray(0, archive.length - 4 * 512) },
    'oci-archive:o',
    /^o is not an OCI image layout: it has no index\.json$/,
  ],
  [
    'a layout whose manifest has other bytes',
    { ...whole, [inFolder(amd64)]: Buffer.alloc(amd64.descriptor.size) },
    'oci:out',
    /the blob sha256:\w{64} has another digest/,
  ],
  [
    'a layout whose layer has another length',
    { ...whole, [inFolder(layerOf(amd64))]: 'short' },
    'oci:out',
    /the blob sha256:\w{64} has 5 bytes, its descriptor says 1024$/,
  ],
])('%s is refused before any upload', async (_, files, source, what) => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;

  const result = await act('push-manifest', { files, with: { image, source } });

  const refusal = refusalOf(result, registry);
  expect(refusal.code).toBe('SOURCE_INVALID');
  expect(refusal.what).toMatch(what);
  expect(refusal.hint).not.toBe('');
});

test('a layer of a layout with other bytes of the same length never becomes a manifest', async () => {
  const files = { ...whole, [inFolder(layerOf(amd64))]: Buffer.alloc(1024, 'x') };

  const { result, manifests, blobs } = await push(files, 'oci:out');

  expect(result.exitCode).toBe(1);
  expect(manifests).toEqual([]);
  expect(blobs).not.toContain(layerOf(amd64).descriptor.digest);
});

test.each([
  [
    'a platform that it does not have',
    { platform: 'linux/s390x' },
    'SOURCE_INVALID',
    /0 of them for linux\/s390x$/,
  ],
  [
    'annotations for the manifest',
    { annotations: 'a=b' },
    'ANNOTATION_INVALID',
    /cannot go with "source"/,
  ],
  [
    'an artifact type',
    { 'artifact-type': 'a/b' },
    'INPUT_INVALID',
    /^input "artifact-type": cannot go with/,
  ],
  ['a config', { config: 'x:a/b' }, 'INPUT_INVALID', /^input "config": cannot go with "source"/],
  ['a subject', { subject: 'v1' }, 'INPUT_INVALID', /^input "subject": cannot go with "source"/],
])('a layout with %s is refused', async (_, given, code, what) => {
  await using registry = await startRegistry();
  const files = layoutFiles('out', indexOf([amd64, arm64]));
  const inputs = { image: `${registry.host}/acme/app`, source: 'oci:out', ...given };

  const result = await act('push-manifest', { files, with: inputs });

  expect(refusalOf(result, registry)).toMatchObject({ code, what: expect.stringMatching(what) });
});

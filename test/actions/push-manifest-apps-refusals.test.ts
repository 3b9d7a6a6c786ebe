import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { digestOf, everything, layers, measuredAs, seedApp, web } from './apps.ts';
import { artifactOf, seed } from './content.ts';
import { refusalOf } from './refusal.ts';

const { base, web: webLayer, webArm, db } = layers;

const refuse = async (
  registry: Registry,
  given: Readonly<Record<string, string>>,
  meta: unknown = everything,
) => refusalOf(await act('push-manifest', seedApp(registry, given, meta)), registry);

test('layers that the metadata lacks are listed, with their image', async () => {
  await using registry = await startRegistry();
  const meta = { amd64: measuredAs(1, base, webLayer), arm: measuredAs(1, base, webArm, db) };

  const { code, what, hint } = await refuse(registry, {}, meta);

  expect(code).toBe('LAYERS_META_INVALID');
  expect(what).toMatch(
    new RegExp(
      `^layers_meta.json lacks 1 layers of the images of the App: ${digestOf(db)} of [^ ]*/acme/db:1@sha256:[0-9a-f]{64} \\(amd64\\)$`,
    ),
  );
  expect(hint).toMatch(/a tag may have moved since/);
});

test('a layer of another size than was measured is refused', async () => {
  await using registry = await startRegistry();
  const meta = measuredAs(1, base, webLayer, db);
  const layer = { size: 1, usage: 1, archive_size: 7 };
  const changed = { amd64: { ...meta, layers: { ...meta.layers, [digestOf(db)]: layer } } };

  const { what } = await refuse(registry, {}, changed);

  expect(what).toContain(`has ${db.descriptor.size} bytes, and 7 by its metadata`);
});

test.each([
  [
    'no image is for',
    { riscv64: measuredAs(1, base) },
    /^no architecture of layers_meta\.json \(riscv64\) is one that all images of the App are for: .*web:1@sha256:[0-9a-f]* is for none of them; /,
  ],
  [
    'one platform, unnamed',
    measuredAs(1, base),
    /^layers_meta\.json does not say which architecture it is for$/,
  ],
  ['nothing', { amd64: 1 }, /^the layer metadata of layers_meta\.json cannot be read: amd64/],
  [
    '4 MiB and more',
    ' '.repeat(4 * 1024 ** 2),
    /^layers_meta\.json has 4194306 bytes, at most 4194304 go$/,
  ],
])('metadata for %s is refused', async (_, meta, what) => {
  await using registry = await startRegistry();

  const refusal = await refuse(registry, {}, meta);

  expect(refusal).toMatchObject({
    code: 'LAYERS_META_INVALID',
    what: expect.stringMatching(what),
  });
});

test.each([
  [
    'images without metadata',
    { annotations: '' },
    'INPUT_INVALID',
    /^only-layers-of is given, and no file is annotated/,
  ],
  [
    'a line that is no image',
    { 'only-layers-of': 'localhost:1/acme/web' },
    'INPUT_INVALID',
    /has neither a tag nor a digest/,
  ],
  [
    'more images than an App has',
    { 'only-layers-of': 'localhost:1/a:1\n'.repeat(101) },
    'INPUT_INVALID',
    /names 101 images, at most 100 go/,
  ],
  [
    'the older form without images',
    { 'layers-manifests': 'true', 'only-layers-of': '' },
    'INPUT_INVALID',
    /^layers-manifests lists the layers of images/,
  ],
  [
    'the older form with a subject',
    { 'layers-manifests': 'true', subject: 'x' },
    'INPUT_INVALID',
    /^input "subject": cannot go with "layers-manifests"/,
  ],
  [
    'two files of metadata',
    { annotations: 'layer[app.tgz]:layers-meta=v1\nlayer[layers_meta.json]:layers-meta=v1' },
    'INPUT_INVALID',
    /^2 files are layer metadata by their annotation: app\.tgz, layers_meta\.json$/,
  ],
  [
    'a layer that is none',
    { annotations: 'layer[nothing]:k=v', 'only-layers-of': '' },
    'ANNOTATION_INVALID',
    /^no layer has the title nothing, .* there are app\.tgz, layers_meta\.json$/,
  ],
  ['no title', { annotations: 'layer:k=v' }, 'INPUT_INVALID', /is not layer\[TITLE\]:key=value$/],
])('refused before anything is written: %s', async (_, given, code, what) => {
  await using registry = await startRegistry();

  const refusal = await refuse(registry, given);

  expect(refusal).toMatchObject({ code, what: expect.stringMatching(what) });
});

test('metadata for more architectures than there are is refused', async () => {
  await using registry = await startRegistry();
  const one = measuredAs(1, base);
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`cpu${at}`, one]));

  const { what } = await refuse(registry, {}, many);

  expect(what).toBe('the layer metadata names 65 architectures, at most 64 go');
});

test('an image that is not there, and an artifact, are no images of an App', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/artifact', artifactOf('application/vnd.acme', 'x'), '1');
  const at = (name: string) => ({ 'only-layers-of': `${registry.host}/acme/${name}:1` });

  const [absent, artifact] = [
    await refuse(registry, at('none')),
    await refuse(registry, at('artifact')),
  ];

  expect(absent.code).toBe('MANIFEST_UNKNOWN');
  expect(artifact).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(/in only-layers-of is no image of a platform$/),
  });
});

test.each([
  [
    { annotations: 'layer[a]:k=v', 'only-layers-of': '' },
    'ANNOTATION_INVALID',
    /cannot go with "digest"/,
  ],
  [{ annotations: '' }, 'INPUT_INVALID', /^input "only-layers-of": cannot go with "digest"/],
  [
    { annotations: '', 'only-layers-of': '', 'layers-manifests': 'true' },
    'INPUT_INVALID',
    /^input "layers-manifests": cannot go with "digest"/,
  ],
])('what changes a manifest does not go with one that is there: %o', async (given, code, what) => {
  await using registry = await startRegistry();
  const prebuilt = { files: '', 'artifact-type': '', tags: '', digest: digestOf(web), ...given };

  const refusal = await refuse(registry, prebuilt);

  expect(refusal).toMatchObject({ code, what: expect.stringMatching(what) });
});

test('an index has no layers to annotate', async () => {
  await using registry = await startRegistry();

  const result = await act('publish', {
    with: {
      ...{ image: `${registry.host}/acme/app`, tags: '1', needs: '{}' },
      annotations: 'layer[app.tgz]:k=v',
    },
  });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(/an index has no layers$/),
  });
});

import { digestOf, emptyDescriptor, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { planArtifact } from './plan-artifact.ts';
import { blobOf } from './test-kit/blobs.ts';

const documentOf = (plan: ReturnType<typeof planArtifact>) =>
  JSON.parse(new TextDecoder().decode(plan.manifests[0]?.bytes));
const [a, b] = ['a', 'b'].map((name) => blobOf(name, mediaTypes.octetStream, name));
const blobs = [b, a].flatMap((blob) => (blob ? [blob] : []));
const arm64 = parsePlatform('linux/arm64');

test('files make an artifact with an empty config, its layers sorted by title', () => {
  const plan = planArtifact({ blobs, present: [] });

  expect(documentOf(plan)).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: 'application/vnd.unknown.artifact.v1',
    config: emptyDescriptor,
    layers: [a?.descriptor, b?.descriptor],
  });
  expect(plan.blobs.at(-1)?.descriptor).toEqual(emptyDescriptor);
  expect(plan.root).toMatchObject({
    digest: digestOf(plan.manifests[0]?.bytes ?? ''),
    artifactType: 'application/vnd.unknown.artifact.v1',
  });
});

test('the digest does not depend on the order of the files, or on which were pushed before', () => {
  const digest = planArtifact({ blobs, present: [] }).root.digest;
  const [first, ...others] = blobs;

  expect(planArtifact({ blobs: blobs.toReversed(), present: [] }).root.digest).toBe(digest);
  const present = first ? [first.descriptor] : [];
  expect(planArtifact({ blobs: others, present }).root.digest).toBe(digest);
});

test('type, annotations, subject and platform are as they were given', () => {
  const { descriptor: subject } = blobOf('subject', mediaTypes.imageManifest);
  const more = { annotations: { k: 'v' }, artifactType: 'application/vnd.disk', subject };

  const plan = planArtifact({ blobs, present: [], platform: arm64, ...more });

  expect(documentOf(plan)).toMatchObject(more);
  expect(plan.root).toMatchObject({ artifactType: 'application/vnd.disk', platform: arm64 });
});

test('the config and every layer have the annotations given for them, under those that they have themselves', () => {
  const title = 'org.opencontainers.image.title';
  const layerAnnotations = { arch: 'amd64', [title]: 'for all' };

  const plan = planArtifact({
    ...{ blobs: blobs.slice(0, 1), present: [], layerAnnotations },
    configAnnotations: { cname: 'kvm' },
  });

  expect(documentOf(plan).layers).toEqual([
    { ...b?.descriptor, annotations: { arch: 'amd64', [title]: 'b' } },
  ]);
  expect(documentOf(plan).config).toEqual({ ...emptyDescriptor, annotations: { cname: 'kvm' } });
});

test('an artifact without files has the empty blob for its layer', () => {
  const config = blobOf('{"a":1}', 'application/vnd.example.config');

  const plan = planArtifact({ blobs: [], present: [], config });

  expect(documentOf(plan).layers).toEqual([emptyDescriptor]);
  expect(plan.blobs.map(({ descriptor }) => descriptor)).toEqual([
    config.descriptor,
    emptyDescriptor,
  ]);
  expect(plan.root.artifactType).toBe('application/vnd.example.config');
});

const configBytes = Buffer.from(JSON.stringify(arm64));
const imageConfig = blobOf(configBytes.toString(), mediaTypes.imageConfig);
const layer = blobOf('layer', mediaTypes.imageLayerGzip);

test('an image config makes an image, with the platform that it names', () => {
  const plan = planArtifact({ blobs: [layer], present: [], config: imageConfig, configBytes });

  expect(plan.root.artifactType).toBeUndefined();
  expect(plan.root.platform).toEqual(arm64);
  expect(documentOf(plan).artifactType).toBeUndefined();
});

test('an image for another platform than was given is refused', () => {
  const platform = parsePlatform('linux/amd64');

  expect(() =>
    planArtifact({ blobs: [layer], present: [], config: imageConfig, configBytes, platform }),
  ).toThrow(expect.objectContaining({ code: 'PLATFORM_MISMATCH' }));
});

// Runtimes go by the type of the config, whatever else the manifest calls itself.
test.each([undefined, 'application/vnd.acme.disk'])(
  'an image with a layer that no runtime unpacks is refused, and the layer is named, artifact type %s',
  (artifactType) => {
    const config = { config: imageConfig, configBytes };

    expect(() => planArtifact({ blobs, present: [], artifactType, ...config })).toThrow(
      expect.objectContaining({
        code: 'LAYER_NOT_RUNNABLE',
        message: expect.stringContaining('but the layer a is of type application/octet-stream'),
      }),
    );
  },
);

test('metadata of layers is second, whatever it is called, since devices look there', () => {
  const marks = { 'layers-meta': 'v1' };
  const titles = (given: readonly string[]) => {
    const plan = planArtifact({
      blobs: given.map((title) => blobOf(title, mediaTypes.octetStream, title)),
      present: [],
      titledAnnotations: new Map([['meta', marks]]),
    });
    const { layers }: { layers: { annotations: Record<string, string> }[] } = documentOf(plan);
    return layers.map(({ annotations }) => annotations['org.opencontainers.image.title']);
  };

  expect(titles(['meta', 'app.tgz'])).toEqual(['app.tgz', 'meta']);
  expect(titles(['meta', 'z.tgz'])).toEqual(['z.tgz', 'meta']);
  expect(titles(['z', 'meta', 'a'])).toEqual(['a', 'meta', 'z']);
  expect(titles(['meta'])).toEqual(['meta']);
});

test('an annotation for a layer that is not there is refused, and what is there is named', () => {
  const titledAnnotations = new Map([['c', { k: 'v' }]]);

  expect(() => planArtifact({ blobs, present: [], titledAnnotations })).toThrow(
    expect.objectContaining({
      code: 'ANNOTATION_INVALID',
      message: 'no layer has the title c, which an annotation is for; there are b, a',
    }),
  );
});

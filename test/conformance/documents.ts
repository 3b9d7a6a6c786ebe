import { mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { type Document, encode } from './content.ts';
import { expectStored, testIf } from './expectations.ts';
import { artifactIn, blobAs, imageIn, windowsImageIn } from './images.ts';
import { pushManifest, putManifest } from './push.ts';
import { newRepository, type Repository } from './repository.ts';
import type { Target } from './target.ts';

/** The kinds of image manifest that image-spec v1.1.1, manifest.md, descriptor.md and layer.md allow. */
const kinds: readonly [string, (repository: Repository) => Promise<Document>][] = [
  [
    'an image of several layers',
    async (repository) => {
      const types = [mediaTypes.imageLayer, mediaTypes.imageLayerGzip, mediaTypes.imageLayerZstd];
      const layers = await Promise.all(types.map((type) => blobAs(repository, type)));
      return await imageIn(repository, { layers });
    },
  ],
  ['an image without layers', (repository) => imageIn(repository, { layers: [] })],
  [
    'an image that has the same layer twice',
    async (repository) => {
      const layer = await blobAs(repository, mediaTypes.imageLayer);
      return await imageIn(repository, { layers: [layer, layer] });
    },
  ],
  [
    'an artifact with an artifactType',
    (repository) => artifactIn(repository, 'application/vnd.example.sbom.v1+json'),
  ],
  [
    'an artifact with a config of its own type',
    async (repository) => {
      const config = await blobAs(repository, 'application/vnd.example.config.v1+json');
      return await imageIn(repository, { config });
    },
  ],
  [
    'a manifest whose descriptors carry their content in data',
    async (repository) => {
      const bytes = encode('{"carried":true}');
      const blob = await blobAs(repository, 'application/vnd.example.carried+json', bytes);
      const carried = { ...blob, data: Buffer.from(bytes).toString('base64') };
      return await imageIn(repository, { config: carried, layers: [carried] });
    },
  ],
  [
    'a manifest of a blob without bytes',
    async (repository) => {
      const nothing = await blobAs(repository, 'application/vnd.example.nothing', encode(''));
      return await imageIn(repository, { layers: [nothing] });
    },
  ],
  [
    'a manifest with fields that no specification has',
    async (repository) => {
      const config = await blobAs(repository, mediaTypes.imageConfig, encode('{"x-own":[1,null]}'));
      const layer = await blobAs(repository, mediaTypes.imageLayer);
      const layers = [{ ...layer, 'org.example.seen': { by: ['us'] } }];
      return await imageIn(repository, { config, layers, 'org.example.extra': { deep: [1.5] } });
    },
  ],
  [
    'a manifest with annotations of every kind of text',
    (repository) =>
      imageIn(repository, {
        annotations: { 'org.example.a': '', 'org.example.b': 'ß "\\" \u{1f433}\n' },
      }),
  ],
];

export function documentCases(target: Target): void {
  test.each(kinds)('%s is pushed, and pulled as it was', async (_, make) => {
    const repository = newRepository(target);
    const document = await make(repository);

    const { digest } = await pushManifest(repository, document);

    const path = `manifests/${digest}`;
    const pulled = await expectStored(repository, path, encode(document), digest);
    expect(pulled.headers.get('content-type')).toBe(document.mediaType);
  });

  // image-spec v1.1.1, layer.md: such layers SHOULD NOT be uploaded, so a registry never sees them.
  testIf(target, 'nonDistributable')('non-distributable layers need not be there', async () => {
    const repository = newRepository(target);
    const image = await windowsImageIn(repository);

    const { digest } = await pushManifest(repository, image);

    await expectStored(repository, `manifests/${digest}`, encode(image), digest);
  });

  // "The registry MUST store the manifest in the exact byte representation provided" (distribution-spec v1.1.1, "Pushing Manifests")
  test('white space and the order of fields stay as they were', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const backwards = Object.fromEntries(Object.entries(image).reverse());
    const bytes = encode(`\n${JSON.stringify(backwards, undefined, '\t')}  \n`);
    const digest = repository.digestOf(bytes);

    const pushed = await putManifest(repository, digest, image, bytes);

    expect(pushed.status).toBe(201);
    await expectStored(repository, `manifests/${digest}`, bytes, digest);
  });
}

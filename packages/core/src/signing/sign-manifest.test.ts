import { digestOf, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { repositoryName, seedArtifact, seedImage } from '../test-kit/seeds.ts';
import {
  bothFormats,
  everywhere,
  fallbackTag,
  newSigner,
  sign,
  sigTag,
  textAt,
  writesTo,
} from '../test-kit/signing.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

test('a bundle is a referrer as cosign 3 writes it', async () => {
  await using registry = await startRegistry();
  const { digest, mediaType, size } = seedImage(registry, 'linux/amd64');

  const [signed] = await sign(registry, digest, await newSigner(), { formats: ['bundle'] });

  const text = textAt(registry, signed?.descriptor?.digest ?? '');
  expect(JSON.parse(text ?? '')).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: bundleType,
    config: emptyDescriptor,
    layers: [{ mediaType: bundleType, digest: expect.any(String), size: expect.any(Number) }],
    subject: { mediaType, digest, size },
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': 'https://sigstore.dev/cosign/sign/v1',
      'org.opencontainers.image.created': '2026-01-01T00:00:00Z',
    },
  });
  expect(signed?.reference).toBe(`${registry.host}/octo/app@${signed?.descriptor?.digest}`);
});

test('without a referrers API the fallback tag lists a bundle with its type and its annotations, and it has no other tag', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const { digest } = seedImage(registry, 'linux/amd64');

  const [signed] = await sign(registry, digest, await newSigner(), { formats: ['bundle'] });

  const { manifests } = JSON.parse(textAt(registry, fallbackTag(digest)) ?? '');
  const { annotations } = JSON.parse(textAt(registry, signed?.descriptor?.digest ?? '') ?? '');
  expect(manifests).toEqual([{ ...signed?.descriptor, artifactType: bundleType, annotations }]);
  expect(registry.tags(repositoryName)).toEqual([fallbackTag(digest)]);
});

test('a legacy signature is a layer of an image at the tag of the digest, as cosign 2 writes it', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');

  const [signed] = await sign(registry, digest, await newSigner(), { formats: ['legacy'] });

  const { config, layers, ...rest } = JSON.parse(textAt(registry, sigTag(digest)) ?? '');
  expect(rest).toEqual({ schemaVersion: 2, mediaType: mediaTypes.imageManifest });
  expect(layers).toEqual([
    {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      digest: expect.any(String),
      size: expect.any(Number),
      annotations: { 'dev.cosignproject.cosign/signature': expect.stringMatching(/^[\w+/]+=*$/) },
    },
  ]);
  expect(config.mediaType).toBe(mediaTypes.imageConfig);
  const written = JSON.parse(
    Buffer.from(registry.blob(repositoryName, config.digest) ?? []).toString(),
  );
  expect(written.rootfs).toEqual({ type: 'layers', diff_ids: [layers[0].digest] });
  expect(signed).toEqual({
    ...{ subject: digest, format: 'legacy', outcome: 'signed' },
    descriptor: expect.objectContaining({
      digest: registry.manifest('octo/app', sigTag(digest))?.digest,
    }),
    reference: `${registry.host}/octo/app:${sigTag(digest)}`,
  });
});

test.each(everywhere)(
  'a repeat writes nothing and gives what is there: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const { digest } = seedImage(registry, 'linux/amd64');
    const signer = await newSigner();
    const [first] = await sign(registry, digest, signer, { formats: [format] });
    registry.clearRequests();

    const again = await sign(registry, digest, signer, { formats: [format] });

    expect(again).toEqual([{ ...first, outcome: 'present' }]);
    expect(writesTo(registry)).toEqual([]);
    // A look at the subject; at the list, or the API and the tag; and the manifest of a bundle, and the content.
    const reads = format === 'legacy' ? 3 : referrers ? 4 : 5;
    expect(registry.requests()).toHaveLength(reads);
  },
);

test.each(everywhere)(
  'a first signature takes so many requests and no more: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const { digest } = seedImage(registry, 'linux/amd64');

    await sign(registry, digest, await newSigner(), { formats: [format] });

    // The subject; what is there; two blobs, the manifest and, without the API, the tag; what is there then; and read back.
    const count = format === 'legacy' ? 9 : referrers ? 8 : 12;
    expect(registry.requests()).toHaveLength(count);
  },
);

test('a bundle is given back as it is stored, and each signature is told of when it is there', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const signer = await newSigner();
  const told: unknown[] = [];

  const signed = await sign(registry, digest, signer, { onSigned: (one) => told.push(one) });
  const [again] = await sign(registry, digest, signer);

  const [bundle, legacy] = signed;
  const stored = JSON.parse(textAt(registry, bundle?.descriptor?.digest ?? '') ?? '').layers[0];
  expect(digestOf(bundle?.bundle ?? '')).toBe(stored.digest);
  expect(again?.bundle).toEqual(bundle?.bundle);
  expect(legacy).not.toHaveProperty('bundle');
  expect(new Set(told)).toEqual(new Set(signed));
});

test('an index is signed with every manifest in it, each once, but for what attests to them', async () => {
  await using registry = await startRegistry();
  const [amd, arm] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const disk = seedArtifact(registry, 'a disk');
  const attestation = seedArtifact(registry, 'provenance', {
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': amd.digest,
    },
  });
  const { imageIndex: mediaType } = mediaTypes;
  const inner = registry.seedManifest(repositoryName, {
    schemaVersion: 2,
    mediaType,
    manifests: [arm, amd],
  });
  const manifests = [amd, disk, attestation, inner];
  const index = registry.seedManifest(repositoryName, { schemaVersion: 2, mediaType, manifests });
  const signer = await newSigner();

  const signed = await sign(registry, index.digest, signer, { recursive: true });
  const looks = registry.requests('HEAD', new RegExp(`manifests/${amd.digest}`));
  const alone = await sign(registry, index.digest, signer);

  const all = [index, amd, disk, inner, arm].flatMap(({ digest }) =>
    bothFormats.map((format) => `${digest} ${format}`),
  );
  expect(signed.map(({ subject, format }) => `${subject} ${format}`)).toEqual(all);
  expect(looks).toHaveLength(1);
  expect(alone).toHaveLength(2);
});

test('a dry run writes nothing, asks the signer for nothing, and says what is signed already', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const signer = await newSigner();
  await sign(registry, digest, signer, { formats: ['legacy'] });
  registry.clearRequests();
  const refuse = async (): Promise<never> => {
    throw new Error('was asked to sign');
  };

  const planned = await sign(
    registry,
    digest,
    { ...signer, bundle: refuse, legacy: refuse },
    { dryRun: true },
  );

  expect(planned.map(({ format, outcome }) => `${format} ${outcome}`)).toEqual([
    'bundle signed',
    'legacy present',
  ]);
  expect(planned[0]).not.toHaveProperty('descriptor');
  expect(writesTo(registry)).toEqual([]);
});

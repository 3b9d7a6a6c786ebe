import {
  type Descriptor,
  digestOf,
  type ImageManifest,
  mediaTypes,
  parseManifest,
} from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { countPushed } from './count-pushed.ts';
import type { ImagePlan } from './image-plan.ts';
import { planLayout } from './plan-layout.ts';
import { planPushed } from './plan-pushed.ts';
import { planRemote } from './plan-remote.ts';
import { pushPlan } from './push-plan.ts';
import { type AttestationMode, settleAttestations } from './settle-attestations.ts';
import { layoutOf, testLayout } from './test-kit/layout.ts';
import { openRepository } from './test-kit/test-repository.ts';
import { buildxLayout, buildxMultiLayout, type ToolLayout } from './test-kit/tool-layouts.ts';

const nothing = async (): Promise<Uint8Array> => {
  throw new Error('all of it is in the plan');
};

const settle = async ({ layout }: ToolLayout, mode: AttestationMode): Promise<ImagePlan> =>
  settleAttestations(await planLayout(layoutOf(layout), undefined), mode, nothing);

const imagesOf = ({ manifests }: ImagePlan): (ImageManifest & { digest: string })[] =>
  manifests.flatMap(({ descriptor, bytes }) => {
    const manifest = parseManifest(bytes, descriptor.mediaType);
    return manifest.kind === 'image' ? [{ ...manifest.image, digest: descriptor.digest }] : [];
  });

const isAttestation = ({ annotations }: Descriptor): boolean =>
  annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';

test('attestations are kept as they are', async () => {
  const built = buildxMultiLayout();

  const plan = await settle(built, 'keep');

  expect(plan.root).toEqual(built.root);
  expect(plan.children?.filter(isAttestation)).toHaveLength(3);
});

test('F23: without attestations one image is left, with its own blobs alone', async () => {
  const built = buildxLayout();

  const plan = await settle(built, 'none');

  expect(plan.root).toEqual(built.root);
  expect(plan.children).toBeUndefined();
  expect(imagesOf(plan).map(({ digest }) => digest)).toEqual([built.root.digest]);
  expect(plan.blobs).toHaveLength(2);
});

test('F23: without attestations an index is written anew, and says the same otherwise', async () => {
  const built = buildxMultiLayout();
  const images = built.children?.filter((entry) => !isAttestation(entry)) ?? [];

  const plan = await settle(built, 'none');

  expect(plan.children).toEqual(images);
  expect(plan.root.digest).not.toBe(built.root.digest);
  const last = plan.manifests.at(-1);
  expect(JSON.parse(Buffer.from(last?.bytes ?? []).toString())).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: images,
  });
  expect(plan.root.digest).toBe(digestOf(last?.bytes ?? ''));
  expect(plan.blobs).toHaveLength(6);
});

test('as referrers they have the config and the layers that they had, a subject and a type', async () => {
  const built = buildxMultiLayout();
  const [, , , ...attestations] = built.children ?? [];
  const before = imagesOf(await settle(built, 'keep'));

  const plan = await settle(built, 'referrers');

  expect(plan.children?.filter(isAttestation)).toEqual([]);
  const referrers = imagesOf(plan).filter(({ subject }) => subject !== undefined);
  expect(referrers.map(({ subject }) => subject?.digest)).toEqual(
    plan.children?.map(({ digest }) => digest),
  );
  for (const [at, { config, layers, artifactType }] of referrers.entries()) {
    const old = before.find(({ digest }) => digest === attestations[at]?.digest);
    expect({ config, layers }).toEqual({ config: old?.config, layers: old?.layers });
    expect(artifactType).toBe('application/vnd.docker.attestation.manifest.v1+json');
  }
  expect(plan.blobs).toHaveLength(12);
});

test.each([
  ['that wants subjects first', { requireSubject: true }],
  ['with the fallback tag alone', { referrers: false }],
])('referrers are listed by a registry %s, and the tag is there last', async (_, capabilities) => {
  await using registry = await startRegistry({ capabilities });
  await using opened = openRepository(registry.host);
  const plan = await settle(buildxLayout(), 'referrers');

  const pushed = await pushPlan({ repository: opened.repository, plan, tags: ['1'] });

  expect(countPushed(pushed)).toMatchObject({ uploaded: plan.blobs.length, present: 0 });
  const listed = await opened.repository.referrers.list(plan.root.digest);
  expect(listed).toEqual([
    expect.objectContaining({
      artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
      digest: plan.manifests.at(-1)?.descriptor.digest,
    }),
  ]);
  expect(registry.manifest('octo/app', '1')?.digest).toBe(plan.root.digest);
  expect(registry.requests('PUT').at(-1)?.path).toMatch(/\/manifests\/1$/);
});

test.each(['keep', 'referrers'] as const)(
  'another attestation of an image that is there already is pushed, with %j',
  async (mode) => {
    await using registry = await startRegistry();
    await using opened = openRepository(registry.host);
    const built = buildxLayout();
    const alone = await settle(built, 'none');
    await pushPlan({ repository: opened.repository, plan: alone });
    const plan = await settle(built, mode);

    await pushPlan({ repository: opened.repository, plan });

    expect(registry.manifests('octo/app')).toContain(plan.manifests.at(-1)?.descriptor.digest);
    expect(registry.manifests('octo/app')).toHaveLength(2);
  },
);

test('an attestation that refers to its image already stays as it is', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64');
  const { mediaType, digest, size } = image;
  const old = layout.attestation(image);
  const bytes = layout.files.get(`blobs/sha256/${old.digest.slice(7)}`);
  const document = {
    ...JSON.parse(Buffer.from(bytes ?? []).toString()),
    artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
    subject: { mediaType, digest, size },
  };
  const entry = { ...old, ...layout.blob(JSON.stringify(document), mediaTypes.imageManifest) };
  layout.finish([layout.index(image, entry)]);

  const plan = await settle({ layout, root: image }, 'referrers');

  expect(plan.manifests.map(({ descriptor }) => descriptor.digest)).toEqual([digest, entry.digest]);
  expect((await settle({ layout, root: image }, 'none')).manifests).toHaveLength(1);
});

test('an attestation of an image that is not there cannot refer to it', async () => {
  const layout = testLayout();
  const [amd64, arm64] = [layout.image('linux/amd64'), layout.image('linux/arm64')];
  const stray = layout.attestation(layout.image('linux/s390x'));
  layout.finish([layout.index(amd64, arm64, stray)]);

  await expect(settle({ layout, root: amd64 }, 'referrers')).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: `the attestation ${stray.digest} speaks of ${layout.image('linux/s390x').digest}, which is not among the images`,
  });
});

test('of an index that is in the repository already the attestations are read from there', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  const { repository } = opened;
  const built = buildxMultiLayout();
  await pushPlan({ repository, plan: await settle(built, 'keep') });
  const pushed = await planPushed(repository, built.root.digest, undefined);

  const plan = await settleAttestations(pushed, 'referrers', async ({ digest }) => {
    return (await repository.manifests.fetch(digest))?.bytes ?? new Uint8Array();
  });
  await pushPlan({ repository, plan });

  for (const { digest } of plan.children ?? []) {
    expect(await repository.referrers.list(digest)).toHaveLength(1);
  }
  expect(plan.children).toHaveLength(3);
  expect(registry.manifests('octo/app')).toContain(plan.root.digest);
});

test('what refers to an image stays with it, and what refers to an index that is gone does not', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  const { repository } = opened;
  const built = buildxMultiLayout();
  const kept = await settle(built, 'keep');
  await pushPlan({ repository, plan: kept });
  const [image] = kept.children ?? [];
  const signatures = [image, kept.root].map((subject) => {
    const { mediaType, digest, size } = subject ?? kept.root;
    const config = { ...registry.seedBlob('octo/app', '{}'), mediaType: mediaTypes.empty };
    const document = { artifactType: 'a/b', config, layers: [config] };
    return registry.seedManifest('octo/app', {
      ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest, ...document },
      subject: { mediaType, digest, size },
    });
  });
  const plan = await planRemote({ from: repository, reference: { digest: kept.root.digest } });

  const settled = await settleAttestations(plan, 'referrers', nothing);

  const [ofImage, ofIndex] = signatures.map(({ digest }) => digest);
  const before = plan.manifests.map(({ descriptor }) => descriptor.digest);
  const after = settled.manifests.map(({ descriptor }) => descriptor.digest);
  expect(before).toEqual(expect.arrayContaining([ofImage, ofIndex]));
  expect(after).toContain(ofImage);
  expect(after).not.toContain(ofIndex);
});

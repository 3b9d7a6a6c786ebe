import { canonicalBytes, type Descriptor, mediaTypes, type Platform } from '@oci-matrix/oci';
import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { type Content, contentOf, imageOf, indexOf, linux, seed } from './content.ts';
import { layoutFiles } from './layout.ts';
import { indexAt, platformsOf } from './update.ts';

/** Provenance as BuildKit writes it: beside the image, for a platform that nobody has. */
function provenanceOf({ descriptor: { digest } }: Content): Content {
  const statement = contentOf(Buffer.from(`{"of":"${digest}"}`), 'application/vnd.in-toto+json');
  const unknown: Platform = { architecture: 'unknown', os: 'unknown' };
  const config = contentOf(canonicalBytes({ ...unknown, of: digest }), mediaTypes.imageConfig);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: config.descriptor,
    layers: [statement.descriptor],
  };
  return contentOf(canonicalBytes(manifest), manifest.mediaType, [config, statement], {
    platform: unknown,
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': digest,
    },
  });
}

/** What a leg of `docker buildx build --push` with provenance leaves in the registry: an index of two. */
function buildOf(architecture: string, build = 1) {
  const image = imageOf(linux(architecture), build);
  const provenance = provenanceOf(image);
  return { image, provenance, index: indexOf([image, provenance]) };
}

const [amd64, arm64] = [buildOf('amd64'), buildOf('arm64', 2)];

const leg = (registry: Registry, build: typeof amd64, more: Record<string, string> = {}) => {
  const name = build.image.descriptor.platform?.architecture ?? '';
  const at = name === 'amd64' ? '0' : '1';
  seed(registry, 'acme/app', build.index);
  const digest = build.index.descriptor.digest;
  const image = `${registry.host}/acme/app`;
  return act('push-manifest', {
    with: {
      image,
      digest,
      leg: name,
      record: 'output',
      'leg-index': at,
      'leg-total': '2',
      ...more,
    },
  });
};

/** Publishes what the legs handed over. */
async function publish(
  registry: Registry,
  ...legs: readonly ActionResult[]
): Promise<ActionResult> {
  const needs = Object.fromEntries(
    legs.map(({ outputs: { record } }, at) => [
      `leg-${at}`,
      { result: 'success', outputs: { record } },
    ]),
  );
  const inputs = { image: `${registry.host}/acme/app`, tags: '1.0' };
  const result = await act('publish', { with: { ...inputs, needs: JSON.stringify(needs) } });
  expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  return result;
}

const digestsOf = (...contents: readonly Content[]): string[] =>
  contents.map(({ descriptor }) => descriptor.digest).sort();

const entriesAt = (registry: Registry): readonly Descriptor[] => indexAt(registry, '1.0').manifests;

const subjectOf = ({ annotations }: Descriptor): string | undefined =>
  annotations?.['vnd.docker.reference.digest'];

test('F17: a leg whose digest is an index is verified and merged by the images in it', async () => {
  await using registry = await startRegistry();

  const legs = [await leg(registry, amd64), await leg(registry, arm64)];
  await publish(registry, ...legs);

  const entries = entriesAt(registry).map(({ digest }) => digest);
  expect(legs[0]?.outputs.digest).toBe(amd64.index.descriptor.digest);
  expect(entries).not.toContain(amd64.index.descriptor.digest);
  expect(entries.toSorted()).toEqual(
    digestsOf(amd64.image, amd64.provenance, arm64.image, arm64.provenance),
  );
});

test('F17: an image that an index names and the registry lost is missed before the tag moves', async () => {
  await using registry = await startRegistry();
  const pushed = await leg(registry, amd64, { 'leg-total': '1' });
  registry.deleteManifest('acme/app', amd64.image.descriptor.digest);
  const needs = { push: { result: 'success', outputs: { record: pushed.outputs.record } } };

  const result = await act('publish', {
    with: { image: `${registry.host}/acme/app`, tags: '1.0', needs: JSON.stringify(needs) },
  });

  expect(result.annotations[0]).toMatchObject({
    title: 'CHILD_MISSING',
    message: expect.stringContaining(amd64.image.descriptor.digest),
  });
  expect(registry.tags('acme/app')).toEqual([]);
});

test('F24: attestations stay entries bound to their images, also when a leg is built again', async () => {
  await using registry = await startRegistry();
  const again = buildOf('arm64', 3);
  await publish(registry, await leg(registry, amd64), await leg(registry, arm64));

  await publish(registry, await leg(registry, again, { 'leg-index': '0', 'leg-total': '1' }));

  const entries = entriesAt(registry);
  expect(entries.map(({ digest }) => digest).toSorted()).toEqual(
    digestsOf(amd64.image, amd64.provenance, again.image, again.provenance),
  );
  const subjects = entries.flatMap((entry) => subjectOf(entry) ?? []);
  expect(subjects.toSorted()).toEqual(digestsOf(amd64.image, again.image));
});

test.each([
  ['referrers', 1],
  ['none', 0],
])(
  'F23: with attestations: %s no row of the index is unknown/unknown',
  async (attestations, listed) => {
    await using registry = await startRegistry();
    const more = { attestations };

    await publish(registry, await leg(registry, amd64, more), await leg(registry, arm64, more));

    expect(platformsOf(entriesAt(registry)).toSorted()).toEqual(['linux/amd64', 'linux/arm64']);
    for (const { image } of [amd64, arm64]) {
      const url = `${registry.url}/v2/acme/app/referrers/${image.descriptor.digest}`;
      const { manifests } = JSON.parse(await (await fetch(url)).text());
      expect(manifests).toHaveLength(listed);
    }
  },
);

test('attestations of a layout become referrers with the same statements', async () => {
  await using registry = await startRegistry();
  const inputs = { image: `${registry.host}/acme/app`, source: 'oci:out' };

  const result = await act('push-manifest', {
    files: layoutFiles('out', amd64.index),
    with: { ...inputs, attestations: 'referrers', tags: '1.0', record: 'output' },
  });

  expect(result.annotations).toEqual([]);
  expect(registry.manifest('acme/app', '1.0')?.digest).toBe(amd64.image.descriptor.digest);
  const [referrer, ...others] = registry
    .manifests('acme/app')
    .filter((digest) => digest !== amd64.image.descriptor.digest);
  expect(others).toEqual([]);
  const document = JSON.parse(
    Buffer.from(registry.manifest('acme/app', referrer ?? '')?.bytes ?? []).toString(),
  );
  const old = JSON.parse(
    Buffer.from(
      amd64.provenance.blobs.get(amd64.provenance.descriptor.digest)?.bytes ?? [],
    ).toString(),
  );
  expect(document.layers).toEqual(old.layers);
  expect(document.subject.digest).toBe(amd64.image.descriptor.digest);
  expect(JSON.parse(result.outputs.record ?? '')).not.toHaveProperty('children');
});

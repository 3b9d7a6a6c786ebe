import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { hurriedClock, sleepingClock } from '../test-kit/clocks.ts';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import {
  bothFormats,
  everywhere,
  fallbackTag,
  newSigner,
  openRepositoryWith,
  sign,
  sigTag,
  textAt,
} from '../test-kit/signing.ts';
import { findSignatures } from './find-signatures.ts';

const simpleSigning = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** A layer as somebody else's tool writes it. */
const theirLayer = (registry: Registry, text: string): Descriptor => ({
  ...registry.seedBlob(repositoryName, text),
  mediaType: simpleSigning,
  annotations: { 'dev.cosignproject.cosign/signature': Buffer.from(text).toString('base64') },
});

/** Writes the tag of the legacy signatures, whatever it names. */
const overwrite = (registry: Registry, tag: string, ...layers: readonly Descriptor[]): Descriptor =>
  registry.seedManifest(
    repositoryName,
    {
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      config: { ...registry.seedBlob(repositoryName, '{}'), mediaType: mediaTypes.imageConfig },
      layers,
    },
    { tag },
  );

/** Does something once, when so many such requests were answered. */
function after(registry: Registry, method: string, path: RegExp, count: number, work: () => void) {
  let left = count;
  registry.onRequest((request) => {
    if (request.method !== method || !path.test(request.path)) return;
    left -= 1;
    if (left === 0) work();
  });
}

const layersAt = (registry: Registry, tag: string): Descriptor[] =>
  JSON.parse(textAt(registry, tag) ?? '{"layers":[]}').layers;

const legacy = { formats: ['legacy'] } as const;

test('what another tool wrote between our read and our write is put back beside ours', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const tag = sigTag(digest);
  const theirs = theirLayer(registry, 'theirs');
  // They wrote after us what has nothing of ours: they had read the tag before.
  after(registry, 'PUT', /\.sig$/, 1, () => overwrite(registry, tag, theirs));

  const [signed] = await sign(registry, digest, await newSigner(), legacy);

  expect(layersAt(registry, tag)).toHaveLength(2);
  expect(layersAt(registry, tag)[0]).toEqual(theirs);
  expect(signed?.descriptor?.digest).toBe(registry.manifest(repositoryName, tag)?.digest);
});

test('a signature that we saw and that somebody else lost comes back too', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const tag = sigTag(digest);
  const [first, second] = [theirLayer(registry, 'first'), theirLayer(registry, 'second')];
  overwrite(registry, tag, first);
  after(registry, 'PUT', /\.sig$/, 1, () => overwrite(registry, tag, second));

  await sign(registry, digest, await newSigner(), legacy);

  const found = layersAt(registry, tag).map((layer) => layer.digest);
  expect(found).toHaveLength(3);
  expect(found).toEqual(expect.arrayContaining([first.digest, second.digest]));
});

test('who writes over us each time is a conflict after some rounds', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  let count = 0;
  registry.onRequest(({ method, path }) => {
    if (method !== 'PUT' || !path.endsWith('.sig')) return;
    count += 1;
    overwrite(registry, sigTag(digest), theirLayer(registry, `theirs ${count}`));
  });

  const failed = sign(registry, digest, await newSigner(), legacy);

  await expect(failed).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(count).toBe(10);
});

test('a write whose answer was lost is not repeated over what somebody else wrote meanwhile', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const tag = sigTag(digest);
  const theirs = theirLayer(registry, 'theirs');
  registry.fail('PUT', /\.sig$/, { reset: 'before' });
  after(registry, 'GET', /\.sig$/, 1, () => overwrite(registry, tag, theirs));

  await sign(registry, digest, await newSigner(), legacy);

  expect(layersAt(registry, tag)).toHaveLength(2);
  expect(layersAt(registry, tag)[0]).toEqual(theirs);
});

test('F29: a fallback tag that another tool writes over between our read and our write lists both', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const { digest } = seedImage(registry, 'linux/amd64');
  const tag = fallbackTag(digest);
  const theirs = { ...seedImage(registry, 'linux/arm64'), artifactType: 'application/theirs' };
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [theirs] };
  after(registry, 'PUT', new RegExp(`${tag}$`), 1, () =>
    registry.seedManifest(repositoryName, index, { tag }),
  );

  const [signed] = await sign(registry, digest, await newSigner(), { formats: ['bundle'] });

  const { manifests } = JSON.parse(textAt(registry, tag) ?? '');
  expect(manifests.map((entry: Descriptor) => entry.digest)).toEqual([
    theirs.digest,
    signed?.descriptor?.digest,
  ]);
});

test.each(everywhere)(
  'answers that are lost or put off lose no signature: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const { digest } = seedImage(registry, 'linux/amd64');
    registry.fail('PUT', /manifests/, { reset: 'after' });
    registry.fail('POST', /uploads/, { reset: 'after' });
    registry.fail('GET', /sha256-|referrers/, { status: 429, headers: { 'retry-after': '1' } });
    registry.fail('PUT', /sha256-/, { status: 503, worked: true });
    registry.fail('GET', /blobs/, { status: 502, times: 2 });
    const signer = await newSigner();

    const [signed] = await sign(registry, digest, signer, { formats: [format] });
    const [again] = await sign(registry, digest, signer, { formats: [format] });

    expect([signed?.outcome, again?.outcome]).toEqual(['signed', 'present']);
    const all = format === 'legacy' ? layersAt(registry, sigTag(digest)) : [signed];
    expect(all).toHaveLength(1);
  },
);

// Five seconds of ghcr.io are 250 ms here.
test.each(everywhere)(
  'tags that are shown late lose no signature: %o',
  async ({ format, referrers }) => {
    const capabilities = { referrers, staleTagReads: 250 };
    await using registry = await startRegistry({ capabilities });
    const { digest } = seedImage(registry, 'linux/amd64');
    const clock = hurriedClock(20);
    const signers = [await newSigner(), await newSigner()];
    for (const signer of signers) {
      await sign(registry, digest, signer, { formats: [format], clock });
    }

    await using opened = openRepositoryWith(registry.host, clock);
    for (const { verifier } of signers) {
      const common = { repository: opened.repository, digest, verifier };
      expect(await findSignatures(common)).toHaveLength(1);
    }
  },
);

test('a tag that is shown late is waited for, and not written again', async () => {
  await using registry = await startRegistry({ capabilities: { staleTagReads: 100 } });
  const { digest } = seedImage(registry, 'linux/amd64');

  await sign(registry, digest, await newSigner(), { ...legacy, clock: hurriedClock(20) });

  expect(registry.requests('PUT', /\.sig$/)).toHaveLength(1);
});

test.each([true, false])(
  '28 legs that sign at one time lose no signature, with referrers API: %s',
  async (referrers) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const images = Array.from({ length: 28 }, (_, n) =>
      seedImage(registry, 'linux/amd64', { text: `leg ${n}` }),
    );
    const signer = await newSigner();
    const clock = hurriedClock(10);

    await Promise.all(images.map(({ digest }) => sign(registry, digest, signer, { clock })));

    await using opened = openRepositoryWith(registry.host, sleepingClock());
    const { verifier } = signer;
    for (const { digest } of images) {
      const found = await findSignatures({ repository: opened.repository, digest, verifier });
      expect(found.map(({ format }) => format)).toEqual(bothFormats);
    }
  },
);

test.each(everywhere)(
  'four keys that sign one digest at one time lose no signature: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const { digest } = seedImage(registry, 'linux/amd64');
    const signers = await Promise.all(Array.from({ length: 4 }, newSigner));

    await Promise.all(
      signers.map((signer) =>
        sign(registry, digest, signer, { formats: [format], clock: hurriedClock(10) }),
      ),
    );

    await using opened = openRepositoryWith(registry.host, sleepingClock());
    for (const { verifier } of signers) {
      const common = { repository: opened.repository, digest, verifier };
      expect(await findSignatures({ ...common, formats: [format] })).toHaveLength(1);
    }
  },
);

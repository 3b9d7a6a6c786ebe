import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { sleepingClock } from '../test-kit/clocks.ts';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import {
  everywhere,
  newSigner,
  openRepositoryWith,
  sign,
  sigTag,
  textAt,
} from '../test-kit/signing.ts';
import { findSignatures } from './find-signatures.ts';

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

test.each(everywhere)('a second key signs beside the first: %o', async ({ format, referrers }) => {
  await using registry = await startRegistry({ capabilities: { referrers } });
  const { digest } = seedImage(registry, 'linux/amd64');
  const [one, two] = [await newSigner(), await newSigner()];
  const formats = [format];
  await sign(registry, digest, one, { formats });

  const [second] = await sign(registry, digest, two, { formats });

  expect(second?.outcome).toBe('signed');
  expect(registry.tags(repositoryName)).toHaveLength(format === 'legacy' || !referrers ? 1 : 0);
  await using opened = openRepositoryWith(registry.host, sleepingClock());
  for (const { verifier } of [one, two]) {
    const common = { repository: opened.repository, digest, formats };
    expect(await findSignatures({ ...common, verifier })).toHaveLength(1);
    expect(await findSignatures(common)).toHaveLength(2);
  }
});

test('the signatures of others at the tag stay byte for byte, the image around them too', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const theirs = registry.seedBlob(repositoryName, '{"theirs": true}');
  const config = registry.seedBlob(repositoryName, '{}');
  const layer = `{ "size": ${theirs.size},  "digest": "${theirs.digest}", "x-unknown": 1.0, "mediaType": "application/vnd.dev.cosign.simplesigning.v1+json", "annotations": {"dev.cosignproject.cosign/signature": "\\u0041\\u0041==", "b": "1", "a": "2"} }`;
  const text = `{ "schemaVersion": 2, "x-more": [ 1.50 ], "layers": [ ${layer} ], "mediaType": "${mediaTypes.imageManifest}", "config": {"mediaType": "${mediaTypes.imageConfig}", "digest": "${config.digest}", "size": 2}, "annotations": { "k": "\\u0076" } }`;
  registry.seedManifest(repositoryName, text, {
    tag: sigTag(digest),
    mediaType: mediaTypes.imageManifest,
  });
  const signer = await newSigner();

  await sign(registry, digest, signer, { formats: ['legacy'] });

  const now = textAt(registry, sigTag(digest)) ?? '';
  expect(now).toContain(`"layers":[${layer},{`);
  expect(now).toContain('"x-more":[ 1.50 ]');
  expect(now).toContain('"annotations":{ "k": "\\u0076" }');
});

test('the config of the legacy image lists the signatures of all, as cosign has it', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  for (const signer of [await newSigner(), await newSigner()]) {
    await sign(registry, digest, signer, { formats: ['legacy'] });
  }

  const { config, layers } = JSON.parse(textAt(registry, sigTag(digest)) ?? '');
  const bytes = registry.blob(repositoryName, config.digest) ?? [];
  expect(JSON.parse(Buffer.from(bytes).toString()).rootfs.diff_ids).toEqual(
    layers.map((layer: { digest: string }) => layer.digest),
  );
});

test('a tag that another tool writes anew, with the properties in another order, has no signature twice', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  let others = 1;
  registry.onRequest(({ method, path }) => {
    if (method !== 'PUT' || !path.endsWith('.sig') || others === 0) return;
    others -= 1;
    const document = JSON.parse(textAt(registry, sigTag(digest)) ?? '');
    document.layers = document.layers.map(
      ({ annotations, ...rest }: object & { annotations: object }) => ({ annotations, ...rest }),
    );
    const again = JSON.stringify({ ...document, annotations: { theirs: '1' } });
    registry.seedManifest(repositoryName, again, {
      tag: sigTag(digest),
      mediaType: mediaTypes.imageManifest,
    });
  });

  await sign(registry, digest, await newSigner(), { formats: ['legacy'] });

  expect(JSON.parse(textAt(registry, sigTag(digest)) ?? '').layers).toHaveLength(1);
});

test('of an endless list of signatures a hundred are read', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const config = registry.seedBlob(repositoryName, '{}');
  const layers = Array.from({ length: 150 }, (_, n) => ({
    ...registry.seedBlob(repositoryName, `junk ${n}`),
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    annotations: { 'dev.cosignproject.cosign/signature': 'AA==' },
  }));
  const document = { schemaVersion: 2, mediaType: mediaTypes.imageManifest, config, layers };
  registry.seedManifest(repositoryName, document, { tag: sigTag(digest) });
  const dryRun = { formats: ['legacy'], dryRun: true } as const;

  const [planned] = await sign(registry, digest, await newSigner(), dryRun);

  expect(planned?.outcome).toBe('signed');
  expect(registry.requests('GET', /\/blobs\//)).toHaveLength(100);
});

test('signatures that are broken, too large or of something else are passed over', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const other = seedImage(registry, 'linux/arm64');
  const signer = await newSigner();
  const [elsewhere] = await sign(registry, other.digest, signer, { formats: ['bundle'] });
  const copied = JSON.parse(textAt(registry, elsewhere?.descriptor?.digest ?? '') ?? '');
  const subject = { mediaType: mediaTypes.imageManifest, digest, size: 1 };
  const attach = (layers: readonly object[]) =>
    registry.seedManifest(repositoryName, { ...copied, subject, layers });
  const junk = registry.seedBlob(repositoryName, 'not a bundle');
  const gone = registry.seedBlob(repositoryName, 'gone');
  attach(copied.layers);
  attach([{ ...junk, mediaType: bundleType }]);
  attach([{ ...junk, mediaType: bundleType, size: 2 ** 21 }]);
  attach([{ ...junk, mediaType: bundleType, size: 3 }]);
  attach([{ ...gone, mediaType: bundleType }]);
  attach([]);
  registry.deleteBlob(repositoryName, gone.digest);

  const [signed] = await sign(registry, digest, signer, { formats: ['bundle'] });
  const [again] = await sign(registry, digest, signer, { formats: ['bundle'] });

  expect([signed?.outcome, again?.outcome]).toEqual(['signed', 'present']);
});

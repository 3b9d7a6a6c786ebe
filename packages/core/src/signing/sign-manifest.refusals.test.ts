import { createHash } from 'node:crypto';
import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import {
  bothFormats,
  fallbackTag,
  newSigner,
  sign,
  sigTag,
  textAt,
  writesTo,
} from '../test-kit/signing.ts';

test('nothing is signed where one manifest of an index is not there', async () => {
  await using registry = await startRegistry();
  const there = seedImage(registry, 'linux/amd64');
  const gone = seedImage(registry, 'linux/arm64');
  const manifests = [there, gone];
  const index = registry.seedManifest(repositoryName, {
    ...{ schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests },
  });
  registry.deleteManifest(repositoryName, gone.digest);

  const failed = sign(registry, index.digest, await newSigner(), { recursive: true });

  await expect(failed).rejects.toMatchObject({
    code: 'MANIFEST_UNKNOWN',
    message: expect.stringContaining(gone.digest),
  });
  expect(writesTo(registry)).toEqual([]);
});

test.each(bothFormats)('what is written is read back and verified: %s', async (format) => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const { verifier } = await newSigner();

  const failed = sign(
    registry,
    digest,
    { ...(await newSigner()), verifier },
    { formats: [format] },
  );

  await expect(failed).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
});

test('a registry that refuses to show signatures is an error, and not a reason to sign', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  registry.fail('GET', /\.sig$|referrers/, { status: 400, code: 'DENIED', times: 20 });

  for (const format of bothFormats) {
    const failed = sign(registry, digest, await newSigner(), { formats: [format] });
    await expect(failed).rejects.toMatchObject({ code: 'DENIED' });
  }
  expect(writesTo(registry)).toEqual([]);
});

test('an index at the tag of legacy signatures is refused, and stays', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const document = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [] };
  const index = registry.seedManifest(repositoryName, document, { tag: sigTag(digest) });

  const failed = sign(registry, digest, await newSigner());

  await expect(failed).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  expect(registry.manifest(repositoryName, sigTag(digest))?.digest).toBe(index.digest);
});

test('a sha512 digest makes no tag: it is refused before anything is signed', async () => {
  await using registry = await startRegistry();
  const text = textAt(registry, seedImage(registry, 'linux/amd64').digest) ?? '';
  const digest = `sha512:${createHash('sha512').update(text).digest('hex')}` as const;
  await fetch(`${registry.url}/v2/octo/app/manifests/${digest}`, {
    ...{ method: 'PUT', body: text, headers: { 'content-type': mediaTypes.imageManifest } },
  });
  registry.clearRequests();

  const failed = sign(registry, digest, await newSigner());

  await expect(failed).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  expect(writesTo(registry)).toEqual([]);
});
test.each([
  { format: 'legacy', tagOf: sigTag },
  { format: 'bundle', tagOf: fallbackTag },
] as const)(
  'where tags cannot move, a first signature is made and a second one refused: $format',
  async ({ format, tagOf }) => {
    const capabilities = { immutableTags: true, referrers: false };
    await using registry = await startRegistry({ capabilities });
    const { digest } = seedImage(registry, 'linux/amd64');
    const formats = [format];
    const signer = await newSigner();
    const [first] = await sign(registry, digest, signer, { formats });
    const before = textAt(registry, tagOf(digest));

    const second = sign(registry, digest, await newSigner(), { formats });

    await expect(second).rejects.toMatchObject({
      code: 'TAG_IMMUTABLE',
      message: expect.stringContaining(tagOf(digest)),
    });
    const [again] = await sign(registry, digest, signer, { formats });
    expect([first?.outcome, again?.outcome]).toEqual(['signed', 'present']);
    expect(textAt(registry, tagOf(digest))).toBe(before);
  },
);

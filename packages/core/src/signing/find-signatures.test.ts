import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { sleepingClock } from '../test-kit/clocks.ts';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import {
  bothFormats,
  everywhere,
  fallbackTag,
  newSigner,
  openRepositoryWith,
  sign,
  sigTag,
} from '../test-kit/signing.ts';
import { type FindSignaturesOptions, findSignatures } from './find-signatures.ts';
import type { FoundSignature } from './stored-signature.ts';

async function find(
  { host }: Registry,
  options: Omit<FindSignaturesOptions, 'repository'>,
): Promise<FoundSignature[]> {
  await using opened = openRepositoryWith(host, sleepingClock());
  return await findSignatures({ repository: opened.repository, ...options });
}

test.each(everywhere)(
  'what was signed is found, by who signed it and by anybody: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const { digest } = seedImage(registry, 'linux/amd64');
    const [signer, other] = [await newSigner(), await newSigner()];
    const [signed] = await sign(registry, digest, signer, { formats: [format] });

    const own = await find(registry, { digest, verifier: signer.verifier });
    const anybodys = await find(registry, { digest });
    const others = await find(registry, { digest, verifier: other.verifier });

    const { descriptor, reference } = signed ?? {};
    expect(own).toEqual([{ format, descriptor, reference }]);
    expect(anybodys).toEqual(own);
    expect(others).toEqual([]);
  },
);

test('only the formats that are asked for are looked for', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  await sign(registry, digest, await newSigner());

  const both = await find(registry, { digest });
  registry.clearRequests();
  const bundles = await find(registry, { digest, formats: ['bundle'] });

  expect(both.map(({ format }) => format)).toEqual(bothFormats);
  expect(bundles.map(({ format }) => format)).toEqual(['bundle']);
  expect(registry.requests(undefined, /\.sig$/)).toEqual([]);
});

test('what nobody signed has no signature, and neither has what is not there', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');

  expect(await find(registry, { digest })).toEqual([]);
  expect(await find(registry, { digest: `sha256:${'0'.repeat(64)}` })).toEqual([]);
});

test('the signature of another digest, put where this one is looked for, is none', async () => {
  await using registry = await startRegistry();
  const [one, other] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const signer = await newSigner();
  await sign(registry, other.digest, signer);
  const theirs = registry.manifest(repositoryName, sigTag(other.digest));
  registry.seedManifest(repositoryName, theirs?.bytes ?? '', { tag: sigTag(one.digest) });

  expect(await find(registry, { digest: one.digest })).toEqual([]);
  expect(await find(registry, { digest: one.digest, verifier: signer.verifier })).toEqual([]);
});

const legacyWith = (registry: Registry, digest: string, layer: Partial<Descriptor>, text: string) =>
  registry.seedManifest(
    repositoryName,
    {
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      config: { ...registry.seedBlob(repositoryName, '{}'), mediaType: mediaTypes.imageConfig },
      layers: [{ ...registry.seedBlob(repositoryName, text), ...layer }],
    },
    { tag: `${digest.replace(':', '-')}.sig` },
  );

const mediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';
const annotations = { 'dev.cosignproject.cosign/signature': 'AAAA' };

const payloadOf = (digest: string): string =>
  JSON.stringify({
    critical: {
      identity: { 'docker-reference': 'x' },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  });

test('what has not even the form of a signature is none, whoever may have made it', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64');
  const found = async (layer: Partial<Descriptor>, text: string): Promise<number> => {
    legacyWith(registry, digest, layer, text);
    return (await find(registry, { digest })).length;
  };

  expect(await found({ mediaType, annotations }, payloadOf(digest))).toBe(1);
  expect(await found({ mediaType }, payloadOf(digest))).toBe(0);
  expect(await found({ mediaType: 'application/json', annotations }, payloadOf(digest))).toBe(0);
  expect(await found({ mediaType, annotations }, payloadOf(`${digest}0`))).toBe(0);
  expect(await found({ mediaType, annotations }, 'not JSON')).toBe(0);
  expect(await found({ mediaType, annotations }, '{"critical": null}')).toBe(0);
});

test('a bundle that attests to something else is no signature', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const subject = seedImage(registry, 'linux/amd64');
  const bundle = (predicateType: string): string =>
    JSON.stringify({
      verificationMaterial: {},
      dsseEnvelope: {
        payload: Buffer.from(
          JSON.stringify({
            subject: [{ digest: { sha256: subject.digest.slice(7) } }],
            predicateType,
          }),
        ).toString('base64'),
        signatures: [{ sig: 'AAAA' }],
      },
    });
  const attach = (text: string) =>
    registry.seedManifest(repositoryName, {
      schemaVersion: 2,
      mediaType: mediaTypes.imageManifest,
      config: { ...registry.seedBlob(repositoryName, '{}'), mediaType: mediaTypes.empty },
      layers: [
        {
          ...registry.seedBlob(repositoryName, text),
          mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        },
      ],
      subject,
    });
  const provenance = attach(bundle('https://slsa.dev/provenance/v1'));
  const signature = attach(bundle('https://sigstore.dev/cosign/sign/v1'));
  // Some tools list them without a type.
  const manifests = [provenance, signature];
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests };
  registry.seedManifest(repositoryName, index, { tag: fallbackTag(subject.digest) });

  const found = await find(registry, { digest: subject.digest });

  expect(found.map(({ descriptor }) => descriptor.digest)).toEqual([signature.digest]);
});

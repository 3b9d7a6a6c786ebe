import { profileNames, profiles, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { hurriedClock } from '../test-kit/clocks.ts';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import { bothFormats, newSigner, openRepositoryWith, sign, writesTo } from '../test-kit/signing.ts';
import { findSignatures } from './find-signatures.ts';

// Seconds of a registry that shows tags late are tenths of a second here.
const hurry = 10;

function startLike(profile: (typeof profileNames)[number]) {
  const staleTagReads = (profiles[profile].capabilities.staleTagReads ?? 0) / hurry;
  return startRegistry({
    profile,
    auth: { kind: 'none' },
    capabilities: { staleTagReads },
    repositories: [repositoryName],
  });
}

test.each(profileNames.filter((name) => name !== 'quay'))(
  'a registry like %s keeps signatures in both formats',
  async (profile) => {
    await using registry = await startLike(profile);
    const { digest } = seedImage(registry, 'linux/amd64');
    const clock = hurriedClock(hurry);
    const signer = await newSigner();

    const signed = await sign(registry, digest, signer, { clock });
    await using opened = openRepositoryWith(registry.host, clock);
    const { verifier } = signer;
    const found = await findSignatures({ repository: opened.repository, digest, verifier });
    registry.clearRequests();
    const again = await sign(registry, digest, signer, { clock });

    expect(signed.map(({ outcome }) => outcome)).toEqual(['signed', 'signed']);
    expect(found.map(({ format }) => format)).toEqual(bothFormats);
    expect(again.map(({ outcome }) => outcome)).toEqual(['present', 'present']);
    expect(writesTo(registry)).toEqual([]);
  },
);

test.each(bothFormats)(
  'a registry like quay, without OCI artifacts, says that it takes no signature: %s',
  async (format) => {
    await using registry = await startLike('quay');
    const { digest } = seedImage(registry, 'linux/amd64');

    const refused = sign(registry, digest, await newSigner(), { formats: [format] });

    await expect(refused).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      message: expect.stringContaining('is not allowed here'),
    });
  },
);

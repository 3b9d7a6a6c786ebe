import type { Descriptor } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { sleepingClock } from '../test-kit/clocks.ts';
import { pushedBy, recordsOf } from '../test-kit/records.ts';
import { repositoryName, seedArtifact, seedImage } from '../test-kit/seeds.ts';
import {
  everywhere,
  newSigner,
  openRepositoryWith,
  sign,
  sigTag,
  textAt,
  writesTo,
} from '../test-kit/signing.ts';
import { failure, type UpdateOptions, update } from '../test-kit/update.ts';
import { findSignatures } from './find-signatures.ts';

const clock = sleepingClock();

const digestsAt = (registry: Registry, tag = '1.0'): string[] =>
  JSON.parse(textAt(registry, tag) ?? '{"manifests":[]}').manifests.map(
    ({ digest }: Descriptor) => digest,
  );

const attestationOf = (registry: Registry, { digest }: Descriptor): Descriptor =>
  seedArtifact(registry, 'provenance', {
    platform: { architecture: 'unknown', os: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': digest,
    },
  });

test.each(everywhere)(
  'A13: entries that are signed come in, with what attests to them unsigned: %o',
  async ({ format, referrers }) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const [amd, arm] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
    const provenance = attestationOf(registry, amd);
    const signer = await newSigner();
    for (const { digest } of [amd, arm])
      await sign(registry, digest, signer, { formats: [format] });
    const records = recordsOf(pushedBy('amd64', amd, provenance), pushedBy('arm64', arm));
    const { verifier } = signer;

    await update(registry, { records, clock, requireSignatures: { verifier } });

    expect(digestsAt(registry)).toEqual(expect.arrayContaining([amd.digest, arm.digest]));
    expect(digestsAt(registry)).toHaveLength(3);
  },
);

test('A13: an unsigned entry keeps every tag where it is, and all of them are named at once', async () => {
  await using registry = await startRegistry();
  const [one, two, three] = ['amd64', 'arm64', 'riscv64'].map((architecture) =>
    seedImage(registry, `linux/${architecture}`),
  );
  if (!(one && two && three)) throw new Error('no images');
  const [signer, other] = [await newSigner(), await newSigner()];
  await sign(registry, one.digest, signer);
  await sign(registry, two.digest, other);
  const records = recordsOf(pushedBy('a', one), pushedBy('b', two), pushedBy('c', three));
  registry.clearRequests();

  const refused = await failure(registry, {
    ...{ records, clock, requireSignatures: { verifier: signer.verifier } },
  });

  expect(refused).toMatchObject({
    code: 'UNSIGNED',
    message: `2 of 3 entries that come in have no signature that holds: b (${two.digest}), c (${three.digest})`,
  });
  expect(writesTo(registry)).toEqual([]);
});

test('without a key a signature of anybody does, and none does not', async () => {
  await using registry = await startRegistry();
  const [one, two] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  await sign(registry, one.digest, await newSigner());
  const options = { clock, requireSignatures: {} };

  await update(registry, { ...options, records: recordsOf(pushedBy('a', one)) });
  const refused = await failure(registry, { ...options, records: recordsOf(pushedBy('b', two)) });

  expect(refused).toMatchObject({ code: 'UNSIGNED' });
  expect(digestsAt(registry)).toEqual([one.digest]);
});

test("a record's word is no proof", async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const { digest } = image;
  const signer = await newSigner();
  const [signed] = await sign(registry, digest, signer, { formats: ['legacy'] });
  const { descriptor = image } = signed ?? {};
  registry.deleteManifest(repositoryName, sigTag(digest));
  const claim = {
    subject: digest,
    format: 'legacy',
    descriptor,
    signedBy: signer.signedBy,
  } as const;
  const records = recordsOf({ ...pushedBy('a', image), signatures: [claim] });

  const refused = await failure(registry, { records, clock, requireSignatures: {} });

  expect(refused).toMatchObject({ code: 'UNSIGNED' });
});

test('entries that are kept need no signature', async () => {
  await using registry = await startRegistry();
  const [kept, ours] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  await update(registry, { records: recordsOf(pushedBy('theirs', kept)), clock });
  const signer = await newSigner();
  await sign(registry, ours.digest, signer);
  registry.clearRequests();

  await update(registry, {
    records: recordsOf(pushedBy('ours', ours)),
    ...{ clock, requireSignatures: { verifier: signer.verifier } },
  });

  expect(digestsAt(registry)).toEqual([kept.digest, ours.digest]);
  expect(registry.requests(undefined, new RegExp(`referrers/${kept.digest}`))).toEqual([]);
});

test('one bundle that holds is looked at, and no more is asked', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const signer = await newSigner();
  await sign(registry, image.digest, await newSigner());
  await sign(registry, image.digest, signer);
  const records = recordsOf(pushedBy('a', image));
  const count = async (options: UpdateOptions): Promise<number> => {
    registry.clearRequests();
    await update(registry, { records, clock, dryRun: true, ...options });
    return registry.requests().length;
  };

  const [plain, checked] = [await count({}), await count({ requireSignatures: {} })];

  // The list, a manifest, a bundle.
  expect(checked - plain).toBe(3);
});

test('a signature that is shown late is looked for once more', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const signer = await newSigner();
  let slept = 0;
  const late = {
    ...clock,
    sleep: async (ms: number) => {
      slept += ms;
      if (slept === 5000) await sign(registry, image.digest, signer);
    },
  };
  const requireSignatures = { verifier: signer.verifier };

  await update(registry, {
    records: recordsOf(pushedBy('a', image)),
    clock: late,
    requireSignatures,
  });

  expect(digestsAt(registry)).toEqual([image.digest]);
});

test('an entry that was never pushed is missing, and not merely unsigned', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  registry.deleteManifest(repositoryName, image.digest);

  const refused = await failure(registry, {
    ...{ records: recordsOf(pushedBy('a', image)), clock, requireSignatures: {} },
  });

  expect(refused).toMatchObject({ code: 'CHILD_MISSING' });
});

test('a dry run passes over what legs did not push, and not what they pushed unsigned', async () => {
  await using registry = await startRegistry();
  const [gone, there] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  registry.deleteManifest(repositoryName, gone.digest);
  const options = { clock, requireSignatures: {}, dryRun: true };

  const planned = await update(registry, { ...options, records: recordsOf(pushedBy('a', gone)) });
  const refused = await failure(registry, { ...options, records: recordsOf(pushedBy('b', there)) });

  expect(planned.entries).toHaveLength(1);
  expect(refused).toMatchObject({ code: 'UNSIGNED' });
});

test('a registry that does not answer is no proof that something is unsigned', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  registry.fail('GET', /referrers/, { status: 503, times: 100 });

  const failed = await failure(registry, {
    ...{ records: recordsOf(pushedBy('a', image)), clock, requireSignatures: {} },
  });

  expect(failed).toMatchObject({ status: 503 });
});

test('A13, F27: what was pushed and signed elsewhere is checked there, and copied with its signatures', async () => {
  await using registry = await startRegistry();
  await using copy = await startRegistry({ capabilities: { referrers: false } });
  const [one, two] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const signer = await newSigner();
  await sign(registry, one.digest, signer);
  await sign(registry, two.digest, signer, { formats: ['legacy'] });
  await using target = openRepositoryWith(copy.host, clock);
  const copies = [{ repository: target.repository, tags: ['1.0'], optional: false }];
  const requireSignatures = { verifier: signer.verifier };
  const records = recordsOf(pushedBy('a', one), pushedBy('b', two));

  await update(registry, { records, clock, copies, requireSignatures });

  expect(digestsAt(copy)).toEqual([one.digest, two.digest]);
  const formatsOf = async (digest: Descriptor['digest']) =>
    (await findSignatures({ repository: target.repository, digest, ...requireSignatures })).map(
      ({ format }) => format,
    );
  expect(await formatsOf(one.digest)).toEqual(['bundle', 'legacy']);
  expect(await formatsOf(two.digest)).toEqual(['legacy']);
});

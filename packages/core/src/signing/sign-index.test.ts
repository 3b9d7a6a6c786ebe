import type { Repository } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';
import type { Signer } from '@oci-matrix/signing';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { intentPrefix } from '../converge/intent-tag.ts';
import { hurriedClock, sleepingClock } from '../test-kit/clocks.ts';
import { pushedBy, recordsOf } from '../test-kit/records.ts';
import { repositoryName, seedImage } from '../test-kit/seeds.ts';
import { newSigner, openRepositoryWith, sigTag, textAt, writesTo } from '../test-kit/signing.ts';
import { failure, update } from '../test-kit/update.ts';
import { signManifest } from './sign-manifest.ts';

const clock = sleepingClock();

/** Signs the index as publish does, and every manifest in it. */
const signsWith = (signer: Signer) => (repository: Repository, digest: Digest) =>
  signManifest({
    repository,
    digest,
    signer,
    formats: ['bundle', 'legacy'],
    recursive: true,
    clock,
  });

/** The indexes that a tag came to name, and whether each was signed by then. */
function watch(registry: Registry, tag = '1.0'): boolean[] {
  const seen: boolean[] = [];
  registry.onRequest(({ method, path }) => {
    if (method !== 'PUT' || !path.endsWith(`/manifests/${tag}`)) return;
    const digest = registry.manifest(repositoryName, tag)?.digest;
    const signed = digest && registry.manifest(repositoryName, sigTag(digest));
    seen.push(signed !== undefined);
  });
  return seen;
}

const run = { id: 7, attempt: 1 };

test.each([{ concurrent: undefined }, { concurrent: run }])(
  'no tag names an index before that is signed: %o',
  async ({ concurrent }) => {
    await using registry = await startRegistry();
    const [one, two] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
    const signIndex = signsWith(await newSigner());
    const seen = watch(registry);
    const options = { clock, signIndex, concurrent };

    await update(registry, { ...options, records: recordsOf(pushedBy('a', one)) });
    const { descriptor } = await update(registry, {
      ...options,
      records: recordsOf(pushedBy('b', two)),
    });

    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen).not.toContain(false);
    expect(registry.manifest(repositoryName, '1.0')?.digest).toBe(descriptor.digest);
  },
);

test.each([{ concurrent: undefined }, { concurrent: run }])(
  'a repeat writes nothing, and signs what is not signed yet: %o',
  async ({ concurrent }) => {
    await using registry = await startRegistry();
    const records = recordsOf(pushedBy('a', seedImage(registry, 'linux/amd64')));
    const signIndex = signsWith(await newSigner());
    const options = { records, clock, concurrent };
    const { descriptor } = await update(registry, options);

    await update(registry, { ...options, signIndex });
    const isSigned = registry.tags(repositoryName).includes(sigTag(descriptor.digest));
    registry.clearRequests();
    await update(registry, { ...options, signIndex });

    expect(isSigned).toBe(true);
    expect(writesTo(registry)).toEqual([]);
  },
);

test.each([{ concurrent: undefined }, { concurrent: run }])(
  'an index that cannot be signed gets no tag, and a dry run signs none: %o',
  async ({ concurrent }) => {
    await using registry = await startRegistry();
    const records = recordsOf(pushedBy('a', seedImage(registry, 'linux/amd64')));
    const signIndex = async (): Promise<never> => {
      throw new Error('no key');
    };
    const options = { records, clock, concurrent, signIndex };

    const failed = await failure(registry, options);
    const rehearsed = await update(registry, { ...options, dryRun: true });

    expect(failed).toMatchObject({ message: 'no key' });
    expect(rehearsed.changed).toBe(true);
    expect(registry.tags(repositoryName)).not.toContain('1.0');
  },
);

test('jobs that write one tag at one time lose no entry, and none of them ever lets it name an unsigned index', async () => {
  await using registry = await startRegistry();
  const images = ['amd64', 'arm64', 'riscv64'].map((name) => seedImage(registry, `linux/${name}`));
  const seen = watch(registry);
  const signIndex = signsWith(await newSigner());
  const hurried = hurriedClock(20);

  await Promise.all(
    images.map((image, at) =>
      update(registry, {
        ...{ clock: hurried, signIndex, concurrent: run },
        records: recordsOf(pushedBy(`leg ${at}`, image)),
      }),
    ),
  );

  const index = JSON.parse(textAt(registry, '1.0') ?? '');
  const tags = registry.tags(repositoryName);
  const intents = tags.filter((tag) => tag.startsWith(intentPrefix));
  const signed = intents.filter((tag) => {
    const digest = registry.manifest(repositoryName, tag)?.digest;
    return digest !== undefined && tags.includes(sigTag(digest));
  });
  expect(index.manifests).toHaveLength(3);
  expect(seen).not.toContain(false);
  expect(intents).toHaveLength(3);
  expect(signed).toEqual([]);
});

test('the index is signed in every image; an optional one that cannot have it signed keeps its tags', async () => {
  await using registry = await startRegistry();
  await using second = await startRegistry();
  await using third = await startRegistry();
  await using two = openRepositoryWith(second.host, clock);
  await using three = openRepositoryWith(third.host, clock);
  const records = recordsOf(pushedBy('a', seedImage(registry, 'linux/amd64')));
  const copies = [
    { repository: two.repository, tags: ['1.0'], optional: false },
    { repository: three.repository, tags: ['1.0'], optional: true },
  ];
  const signs = signsWith(await newSigner());
  const signIndex = async (repository: Repository, digest: Digest): Promise<void> => {
    if (repository === three.repository) throw new Error('no signatures here');
    await signs(repository, digest);
  };
  const seen = [watch(registry), watch(second)];

  const { copies: published } = await update(registry, { records, clock, copies, signIndex });

  expect(seen).toEqual([[true], [true]]);
  expect(third.tags(repositoryName)).not.toContain('1.0');
  expect(published.map(({ failure: reason }) => reason)).toEqual([undefined, 'no signatures here']);
});

import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import pMap from 'p-map';
import { absentChildren } from './absent-children.ts';
import { systemClock } from './converge/clock.ts';
import { copyImage } from './copy-image.ts';
import { copyLegacy } from './signing/copy-legacy.ts';

export interface BringOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Makes sure that a repository has these manifests, each in its size: one that it does not have is copied from the first of
 * the others that has it, with its signatures. Throws `CHILD_MISSING` where none does.
 */
export async function bringChildren(
  to: Repository,
  children: readonly Descriptor[],
  others: readonly Repository[],
  { clock = systemClock, signal = new AbortController().signal }: BringOptions = {},
): Promise<void> {
  const found = await pMap(children, ({ digest }) => to.manifests.resolve(digest), {
    concurrency: 24,
  });
  const absent = children.filter(({ size }, at) => found[at]?.size !== size);
  const there = new Set(found.map((descriptor) => descriptor?.digest));
  const sources = await pMap(
    absent,
    // What is there in another size is not what the index would name.
    (child) => (there.has(child.digest) ? undefined : findSource(child, others)),
    { concurrency: 24 },
  );
  const nowhere = absent.filter((_, at) => sources[at] === undefined);
  if (nowhere.length > 0) {
    throw absentChildren(
      to.name,
      nowhere.map(({ digest }) => digest),
    );
  }
  await pMap(
    absent,
    async (descriptor, at) => {
      const from = sources[at];
      if (from === undefined) return;
      const sameRegistry = from.name.registry === to.name.registry;
      await copyImage({ from, to, descriptor, sameRegistry });
      await copyLegacy({ from, to, digest: descriptor.digest, clock, signal });
    },
    { concurrency: 4 },
  );
}

async function findSource(
  { digest, size }: Descriptor,
  others: readonly Repository[],
): Promise<Repository | undefined> {
  for (const repository of others) {
    if ((await repository.manifests.resolve(digest))?.size === size) return repository;
  }
  return undefined;
}

import type { Clock } from '@oci-matrix/distribution';
import { defaultIdentity } from '../identity.ts';
import { type UpdatedIndex, type UpdateIndexOptions, updateIndex } from '../update-index.ts';
import { openRepository } from './test-repository.ts';

/** Waits for nothing. */
const hurried: Clock = { now: () => performance.now(), random: () => 0, sleep: async () => {} };

export type UpdateOptions = Partial<Omit<UpdateIndexOptions, 'repository'>>;

/** Updates the index of the tests' repository at the tag 1.0, with a client of its own. */
export async function update(
  { host }: { readonly host: string },
  options: UpdateOptions,
): Promise<UpdatedIndex> {
  await using opened = openRepository(host);
  const { repository } = opened;
  const common = {
    tags: ['1.0'],
    mode: 'merge',
    identity: defaultIdentity,
    clock: hurried,
  } as const;
  return await updateIndex({ repository, ...common, ...options });
}

/** What is thrown where that fails; what it gives where it does not. */
export const failure = (registry: { readonly host: string }, options: UpdateOptions) =>
  update(registry, options).catch((error: unknown) => error);

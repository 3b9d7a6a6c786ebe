import type { Descriptor } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { Convergence } from './convergence.ts';
import { type Intent, sameEntries } from './intent.ts';

/**
 * Entries of ours in whose place a newer run has put another. Throws `ENTRY_DUPLICATE` where our own run and attempt did:
 * neither is the newer one, and what is in the index was left to chance.
 */
export function supersededIn(
  intents: readonly Intent[],
  { intents: own, store: { name }, tags: [tag] }: Pick<Convergence, 'intents' | 'store' | 'tags'>,
): Descriptor[] {
  return own.flatMap((intent) => {
    const winner = intents.find(({ slot }) => slot === intent.slot);
    if (winner === undefined || sameEntries(winner, intent)) return [];
    if (winner.generation > intent.generation) return [...intent.entries];
    throw new MatrixError(
      'ENTRY_DUPLICATE',
      `two writers of one run gave ${name.registry}/${name.repository}:${tag} the same entry: ${intent.entries[0]?.digest} and ${winner.entries[0]?.digest}`,
      {
        hint: 'Give each leg a platform of its own, or say with "identity" what tells them apart.',
      },
    );
  });
}

import { type Digest, digestOf } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { IndexBytes } from '../index-bytes.ts';
import type { Convergence, Merged } from './convergence.ts';
import { tagOf } from './intent.ts';
import { type Look, look } from './look.ts';
import type { Pace } from './pace.ts';
import { planWrites } from './plan-writes.ts';

const maxRounds = 100;

/** The last look, and what all tags named then. */
export interface Settled<M extends Merged> {
  readonly seen: Look<M>;
  readonly index: IndexBytes;
}

/**
 * Looks, merges and writes until nothing is left to write, at two looks one after the other. The second begins when the
 * registry has had time to tell of everything that was over when we last wrote.
 */
export async function settle<M extends Merged>(
  convergence: Convergence<M>,
  pace: Pace,
): Promise<Settled<M>> {
  const { store, clock, signal } = convergence;
  let previous: Look<M> | undefined;
  const written = new Set<Digest>();
  let [isConfirming, isContended] = [false, false];
  for (let round = 0; round < maxRounds; round++) {
    const seen = await look(convergence);
    const { index, moving } = await planWrites(seen, convergence, written);
    isContended ||= isUndone(seen, written) || hasCompany(seen, previous);
    if (moving.length > 0) {
      await store.move(index, moving);
      written.add(digestOf(index.bytes));
      isConfirming = false;
      await clock.sleep(pace.pause * (0.1 + 0.9 * clock.random()), signal);
    } else if (isConfirming && sameDoubts(seen, previous)) {
      return { seen, index };
    } else {
      isConfirming = true;
      await clock.sleep(isContended ? pace.contended : pace.calm, signal);
    }
    previous = seen;
  }
  throw conflict(convergence);
}

const isUndone = ({ merged }: Look<Merged>, written: ReadonlySet<Digest>): boolean =>
  written.size > 0 && !merged.holds;

const hasCompany = (seen: Look<Merged>, previous: Look<Merged> | undefined): boolean =>
  seen.doubts.length > 0 || (previous !== undefined && namesOf(seen) !== namesOf(previous));

const namesOf = ({ intents }: Look<Merged>): string => intents.map(tagOf).join();

// What was in doubt at two looks, and so for as long as the registry may lag behind, is gone.
const sameDoubts = (seen: Look<Merged>, previous: Look<Merged> | undefined): boolean =>
  seen.doubts.every((doubt) => previous?.doubts.includes(doubt));

const conflict = ({ store: { name }, tags }: Convergence): MatrixError =>
  new MatrixError(
    'CONFLICT',
    `${name.registry}/${name.repository}:${tags.join(', ')} did not stay as they were written, ${maxRounds} times`,
    {
      hint: 'Let all jobs that write to these tags have "concurrent: true", the same first tag and the same "identity", or put them into one concurrency group.',
    },
  );

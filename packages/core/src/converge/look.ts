import type { Descriptor, Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from '../attestation.ts';
import { MatrixError } from '../error.ts';
import { identityKey, identityText } from '../identity.ts';
import type { CurrentIndex } from '../read-current.ts';
import { askAgain } from './ask-again.ts';
import type { Convergence, Merged } from './convergence.ts';
import { type Intent, tagOf } from './intent.ts';
import { fetchAlive, listIntents } from './list-intents.ts';

/** What a writer sees when it looks at everything once. */
export interface Look<M extends Merged> {
  /** The newest intent of each slot, ours or another's. */
  readonly intents: readonly Intent[];
  readonly current: CurrentIndex;
  readonly merged: M;
  /** Tags of intents that were listed and are not there, or whose manifests are not: time will tell. */
  readonly doubts: readonly string[];
}

/** Lists the intents first and reads the index then: whose intent is not in this list looks at the index later than we. */
export async function look<M extends Merged>(convergence: Convergence<M>): Promise<Look<M>> {
  const { store, tags, merge } = convergence;
  const [tag = ''] = tags;
  const { intents: listed, older, vanished, hasIndex } = await listIntents(convergence);
  const all = newestOf([...convergence.intents, ...listed]);
  const isThere = ({ digest }: CurrentIndex): boolean => digest !== undefined || !hasIndex;
  const current = await askAgain(() => store.current(tag), isThere, convergence);
  const isWhole = wholeness(current, convergence);
  const whole = await pMap(all, isWhole, { concurrency: 24 });
  const broken = all.filter((_, at) => whole[at] !== true);
  const instead = await pMap(
    broken,
    ({ slot }) => newestWhole(slot, older.get(slot) ?? [], isWhole, convergence),
    { concurrency: 24 },
  );
  const intents = newestOf([
    ...all.filter((intent) => !broken.includes(intent)),
    ...instead.filter((intent) => intent !== undefined),
  ]);
  refuseAmbiguous(intents, convergence);
  const merged = merge(current, wantedBy({ intents }));
  return { intents, current, merged, doubts: [...vanished, ...broken.map(tagOf)] };
}

// What is in the registry comes last, and wins over what was meant to be there.
function newestOf(intents: readonly Intent[]): Intent[] {
  const newest = new Map<string, Intent>();
  for (const intent of intents) {
    const other = newest.get(intent.slot);
    if (other === undefined || intent.generation >= other.generation) {
      newest.set(intent.slot, intent);
    }
  }
  return [...newest.values()].sort((a, b) => (a.slot < b.slot ? -1 : 1));
}

type IsWhole = (intent: Intent) => Promise<boolean>;

// A clean-up may have taken manifests away; an index that names them could not be pulled.
function wholeness({ document }: CurrentIndex, { store, intents: own }: Convergence): IsWhole {
  const known = new Set<Digest>(
    [...document.entries.map(({ descriptor }) => descriptor), ...wantedBy({ intents: own })].map(
      ({ digest }) => digest,
    ),
  );
  return async ({ entries }) => {
    const unknown = entries.filter(({ digest }) => !known.has(digest));
    return (await Promise.all(unknown.map(({ digest }) => store.has(digest)))).every(Boolean);
  };
}

/** What stands in for an intent whose manifests are gone: the newest one before it that is whole, ours among them. */
async function newestWhole(
  slot: string,
  older: readonly string[],
  isWhole: IsWhole,
  convergence: Convergence,
): Promise<Intent | undefined> {
  const own = convergence.intents.find((intent) => intent.slot === slot);
  for (const name of older) {
    if (own !== undefined && name <= tagOf(own)) return own;
    const intent = await fetchAlive(name, convergence);
    if (intent !== undefined && (await isWhole(intent))) return intent;
  }
  return own;
}

function refuseAmbiguous(intents: readonly Intent[], { identity, store, tags }: Convergence): void {
  const seen = new Map<string, Descriptor>();
  for (const [entry] of intents.map(({ entries }) => entries)) {
    if (entry === undefined || attestationSubject(entry) !== undefined) continue;
    const key = identityKey(entry, identity);
    const other = seen.get(key);
    if (other !== undefined)
      throw ambiguous(store, tags, identityText(entry, identity), entry, other);
    seen.set(key, entry);
  }
}

const ambiguous = (
  { name }: Convergence['store'],
  [tag]: readonly string[],
  text: string,
  a: Descriptor,
  b: Descriptor,
): MatrixError =>
  new MatrixError(
    'ENTRY_DUPLICATE',
    `${name.registry}/${name.repository}:${tag} is given two entries ${text} by writers that do not agree on what makes an entry: ${a.digest} and ${b.digest}`,
    { hint: 'Give all jobs that write to this tag the same "identity".' },
  );

/** All entries that somebody wants to be in the index. */
export const wantedBy = ({ intents }: Pick<Look<Merged>, 'intents'>): Descriptor[] =>
  intents.flatMap(({ entries }) => entries);

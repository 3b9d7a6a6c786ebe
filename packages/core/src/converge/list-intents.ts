import pMap from 'p-map';
import { askAgain } from './ask-again.ts';
import type { Convergence } from './convergence.ts';
import { parseIntent, type StoredIntent } from './intent.ts';
import { parseIntentTag, prefixFor } from './intent-tag.ts';

/** For how long an intent counts, in milliseconds: then it is only a tag to clean up, so that it brings back nothing removed since. */
export const intentLifetime = 24 * 60 * 60 * 1000;

export interface ListedIntents {
  /** The newest of each slot. */
  readonly intents: readonly StoredIntent[];
  /** The tags of the others, the newest first, by slot. */
  readonly older: ReadonlyMap<string, readonly string[]>;
  /** Tags that were listed, and then not there. */
  readonly vanished: readonly string[];
  /** True if the tag of the index was listed, too. */
  readonly hasIndex: boolean;
}

/** The intents of all writers: every one whose PUT was over when this began, if the registry's lists are so. */
export async function listIntents(convergence: Convergence): Promise<ListedIntents> {
  const { store, tags, clock } = convergence;
  const [tag = ''] = tags;
  const prefix = prefixFor(tag);
  const bySlot = new Map<string, string[]>();
  let hasIndex = false;
  for await (const listed of store.listTags()) {
    hasIndex ||= listed === tag;
    const slot = listed.startsWith(prefix) ? parseIntentTag(listed)?.slot : undefined;
    if (slot !== undefined) bySlot.set(slot, [...(bySlot.get(slot) ?? []), listed]);
  }
  // Generations have one length, so of one slot the greater tag is the newer one.
  for (const names of bySlot.values()) names.sort().reverse();
  const names = [...bySlot.values()].flatMap(([newest]) => (newest === undefined ? [] : [newest]));
  const found = await pMap(names, (name) => fetchIntent(name, convergence), { concurrency: 24 });
  return {
    intents: found.filter((intent) => intent !== undefined).filter(isAlive(clock.now())),
    older: new Map([...bySlot].map(([slot, [, ...others]]) => [slot, others])),
    vanished: names.filter((_, at) => found[at] === undefined),
    hasIndex,
  };
}

/** An intent at a tag; undefined if it is not there, or too old to count. */
export async function fetchAlive(
  name: string,
  convergence: Convergence,
): Promise<StoredIntent | undefined> {
  const intent = await fetchIntent(name, convergence);
  return intent !== undefined && isAlive(convergence.clock.now())(intent) ? intent : undefined;
}

async function fetchIntent(
  name: string,
  convergence: Convergence,
): Promise<StoredIntent | undefined> {
  const ask = () => convergence.store.fetch(name);
  const found = await askAgain(ask, (answer) => answer !== undefined, convergence);
  return found && parseIntent(name, found);
}

const isAlive =
  (now: number) =>
  ({ created }: StoredIntent): boolean =>
    now - created < intentLifetime;

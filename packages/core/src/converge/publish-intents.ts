import pMap from 'p-map';
import type { Convergence } from './convergence.ts';
import { type Intent, intentManifest, parseIntent, sameEntries, tagOf } from './intent.ts';
import { intentLifetime } from './list-intents.ts';

/** Puts our intents there, before the index: whoever lists from now on knows what we want, even if we die. A repeat writes nothing. */
export async function publishIntents(convergence: Convergence): Promise<void> {
  const { store, clock, intents, tags } = convergence;
  const [tag = ''] = tags;
  const known = await pMap(intents, (intent) => isPublished(intent, convergence), {
    concurrency: 24,
  });
  const missing = intents.filter((_, at) => known[at] !== true);
  await store.bring(missing.flatMap(({ entries }) => entries));
  await pMap(
    missing,
    (intent) =>
      store.move(intentManifest(intent, tag, clock.now()), [{ tag: tagOf(intent), moved: true }]),
    { concurrency: 24 },
  );
}

// One that is soon too old to count is written anew.
async function isPublished(intent: Intent, { store, clock }: Convergence): Promise<boolean> {
  const name = tagOf(intent);
  const found = await store.fetch(name);
  if (found === undefined) return false;
  const stored = parseIntent(name, found);
  return sameEntries(stored, intent) && clock.now() - stored.created < intentLifetime / 2;
}

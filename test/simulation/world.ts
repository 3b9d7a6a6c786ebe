import type { Capabilities } from '@oci-matrix/testing';
import {
  type DirectAnswer,
  type DirectRegistry,
  type DirectRequest,
  openDirectRegistry,
} from '../../packages/testing/src/registry/direct-registry.ts';
import { type Chance, createChance } from './chance.ts';
import { createLedger, type Ledger, type Move } from './ledger.ts';
import { createLoop, type Loop } from './loop.ts';
import { createSightings, type Sightings } from './sightings.ts';
import { createStory, type Story } from './story.ts';
import { calm, drawWeather, timely, type Weather } from './weather.ts';

/** A request that the registry has done. */
export interface Done {
  readonly answer: DirectAnswer;
  /** How many deeds there were before. */
  readonly at: number;
}

/** One registry, the time that passes, and all that goes wrong. */
export interface World extends AsyncDisposable {
  readonly registry: DirectRegistry;
  readonly loop: Loop;
  readonly story: Story;
  readonly ledger: Ledger;
  readonly sightings: Sightings;
  /** Chance of what people do, and of what happens to requests: one does not change the other. */
  readonly chances: { readonly people: Chance; readonly network: Chance };
  readonly weather: Weather;
  /** True if jobs may die. */
  readonly mortal: boolean;
  /** From now on nobody dies, and nothing happens that no writer can see. */
  settle(): void;
  /** From now on nothing goes wrong. */
  clearUp(): void;
  /** At which of its requests a job is to die. */
  drawDeath(): number | undefined;
  ask(by: string, asked: { request: DirectRequest; path: string }, stale: number): Promise<Done>;
  /** Hears of every move of a tag when it has happened. */
  onMove(listener: (move: Move) => void): void;
  /** Notes a promise that does not hold. */
  accuse(promise: string, what: string): void;
  readonly broken: readonly string[];
}

export function openWorld(seed: number): World {
  const chances = { people: createChance(seed, 1), network: createChance(seed, 2) };
  const loop = createLoop();
  const story = createStory(loop.now);
  const listeners: ((move: Move) => void)[] = [];
  const broken: string[] = [];
  const registry = openDirectRegistry({
    now: loop.now,
    repositories: ['acme/app'],
    capabilities: drawCapabilities(chances.people),
  });
  const ledger = createLedger(registry, (move) => {
    story.tell(
      move.by,
      `moves ${move.tag} from ${move.from ?? 'nothing'} to ${move.to ?? 'nothing'}`,
    );
    for (const listener of listeners) listener(move);
  });
  let weather = drawWeather(chances.network);
  let deaths = chances.network.pick([0, 0, 0.1, 0.4]);
  return {
    registry,
    loop,
    story,
    ledger,
    sightings: createSightings(),
    chances,
    get weather() {
      return weather;
    },
    get mortal() {
      return deaths > 0;
    },
    settle() {
      [weather, deaths] = [timely(weather), 0];
    },
    clearUp() {
      story.tell('the weather', 'clears up');
      [weather, deaths] = [calm, 0];
    },
    drawDeath: () => (chances.network.odds(deaths) ? chances.network.whole(1, 15) : undefined),
    async ask(by, { request, path }, stale) {
      const at = ledger.deeds.length;
      const answer = await ledger.watch(by, () => registry.ask(request, stale));
      const { method, body } = request;
      ledger.note({ by, method, path, status: answer.status, body });
      return { answer, at };
    },
    onMove: (listener) => void listeners.push(listener),
    accuse(promise, what) {
      broken.push(`${promise}: ${what}`);
      story.tell('BROKEN', `${promise}: ${what}`);
    },
    broken,
    [Symbol.asyncDispose]: registry.close,
  };
}

const drawCapabilities = (chance: Chance): Partial<Capabilities> => ({
  multiTag: chance.odds(0.5),
  checkManifestContent: chance.odds(0.6),
  singlePost: chance.odds(0.7),
  digestHeader: chance.odds(0.9),
  denyAbsent: chance.odds(0.05),
  immutableTags: chance.odds(0.05),
  staleTagReads: 60_000,
});

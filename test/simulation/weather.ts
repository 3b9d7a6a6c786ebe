import type { Chance } from './chance.ts';

/** What becomes of one request. */
export type Fate =
  | { readonly kind: 'fine' }
  /** It does not arrive. */
  | { readonly kind: 'lost' }
  /** It is done, and the connection breaks. */
  | { readonly kind: 'answer lost' }
  /** It is done so many ms later, when the client may have given up. */
  | { readonly kind: 'late'; readonly by: number }
  /** It is done once more, so many ms later. */
  | { readonly kind: 'doubled'; readonly by: number }
  /** A read gives what a tag was so many ms ago. */
  | { readonly kind: 'stale'; readonly by: number }
  | Refused
  /** A bit of the answer is wrong, half of it is missing, or it is something else. */
  | { readonly kind: 'wrong'; readonly how: 'bit' | 'half' | 'page' };

interface Refused {
  readonly kind: 'refused';
  readonly status: number;
  /** In seconds. */
  readonly retryAfter: number | undefined;
  /** True if it is done all the same. */
  readonly worked: boolean;
}

export type FateKind = Fate['kind'];

/** A time in which nobody reaches the registry, in ms. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly how: 'unreachable' | 503;
}

/** How bad it is. */
export interface Weather {
  /** Share of the requests that something happens to, from 0 to 1. */
  readonly trouble: number;
  /** What may happen. */
  readonly kinds: readonly [FateKind, ...FateKind[]];
  readonly outages: readonly Outage[];
  /** How long a request or an answer is on its way, in ms. */
  readonly latency: number;
  /** Some take so many times as long. */
  readonly jitter: number;
}

export const calm: Weather = { trouble: 0, kinds: ['fine'], outages: [], latency: 20, jitter: 1 };

const troubles: readonly [FateKind, ...FateKind[]] = [
  'lost',
  'answer lost',
  'late',
  'doubled',
  'stale',
  'refused',
  'wrong',
];

// What is done after its time is over is another writer that nobody waits for, and what is read stale is no reading.
const untimely: ReadonlySet<FateKind> = new Set(['late', 'doubled', 'stale']);

/** True if every request is done while somebody waits for it, and every reading is true. */
export const isTimely = ({ trouble, kinds }: Weather): boolean =>
  trouble === 0 || !kinds.some((kind) => untimely.has(kind));

/** The same weather without what no writer can see. */
export const timely = (weather: Weather): Weather => {
  const [first = 'lost', ...others] = weather.kinds.filter((kind) => !untimely.has(kind));
  return { ...weather, kinds: [first, ...others] };
};

/** Some seeds have one kind of trouble and much of it, some a little of all, and some have none. */
export function drawWeather(chance: Chance): Weather {
  const [first = 'lost', ...others] = chance.shuffled(troubles).slice(0, chance.whole(1, 7));
  return {
    trouble: chance.pick([0, 0.01, 0.03, 0.1, 0.2, 0.4]),
    kinds: [first, ...others],
    outages: chance.odds(0.2) ? [drawOutage(chance)] : [],
    latency: chance.pick([5, 50, 500]),
    jitter: chance.pick([1, 1, 5, 30]),
  };
}

function drawOutage(chance: Chance): Outage {
  const from = chance.between(0, 20_000);
  const how = chance.pick<Outage['how']>(['unreachable', 503]);
  return { from, until: from + chance.pick([500, 10_000, 300_000]), how };
}

/** How long a request or an answer takes, in ms. */
export const timeOnTheWay = (chance: Chance, { latency, jitter }: Weather): number =>
  chance.between(1, latency) * (chance.odds(0.1) ? jitter : 1);

/** Draws what becomes of a request that is sent now. */
export function fateOf(chance: Chance, weather: Weather, method: string): Fate {
  if (!chance.odds(weather.trouble)) return { kind: 'fine' };
  return drawFate(chance, chance.pick(weather.kinds), method === 'GET' || method === 'HEAD');
}

function drawFate(chance: Chance, kind: FateKind, reads: boolean): Fate {
  // Longer than a client waits, in some cases.
  if (kind === 'late') return { kind, by: chance.pick([1000, 10_000, 150_000]) };
  if (kind === 'doubled') return { kind, by: chance.pick([0, 100, 5000]) };
  if (kind === 'stale') return reads ? { kind, by: chance.between(0, 20_000) } : { kind: 'lost' };
  if (kind === 'wrong') {
    return { kind, how: reads ? chance.pick(['bit', 'half', 'page']) : 'page' };
  }
  return kind === 'refused' ? drawRefusal(chance) : { kind };
}

function drawRefusal(chance: Chance): Fate {
  const status = chance.pick([429, 429, 500, 502, 503, 504, 401, 403]);
  const retryAfter = status === 429 && chance.odds(0.5) ? chance.whole(0, 60) : undefined;
  return { kind: 'refused', status, retryAfter, worked: status === 504 || chance.odds(0.2) };
}

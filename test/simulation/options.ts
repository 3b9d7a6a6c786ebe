import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** Which seeds to play, and how many at a time. */
export interface SeedRange {
  readonly start: number;
  readonly seeds: number;
  readonly workers: number;
  /** Prints the story of one seed: the first. */
  readonly tell: boolean;
}

export const help = `npm run simulate [-- --seeds N --start S --workers W --story]

Plays whole releases against the embedded registry, with everything going wrong that a seed decides, and checks the promises.

  --seeds N     how many seeds (1000)
  --start S     the first of them (0)
  --workers W   how many processors to use (all)
  --story       tell what happens in the first seed, and play no other`;

/** Reads the command line; undefined where help is asked for. Throws an error that says what is wrong. */
export function parseSeedRange(args: readonly string[]): SeedRange | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1000' },
      start: { type: 'string', default: '0' },
      workers: { type: 'string', default: String(availableParallelism()) },
      story: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    start: count('start', values.start, 0),
    seeds: count('seeds', values.seeds, 1),
    workers: count('workers', values.workers, 1),
    tell: values.story,
  };
}

function count(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`--${name} ${JSON.stringify(text)} is no whole number from ${least} on`);
}

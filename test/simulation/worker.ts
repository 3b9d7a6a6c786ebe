import { parentPort, workerData } from 'node:worker_threads';
import { simulate } from './simulate.ts';

/** What a worker tells of each of its seeds. */
export interface Played {
  readonly seed: number;
  readonly requests: number;
  readonly broken: readonly string[];
}

const { start, end, step }: { start: number; end: number; step: number } = workerData;
for (let seed = start; seed < end; seed += step) {
  const { broken, requests } = await simulate(seed);
  const played: Played = { seed, requests, broken };
  parentPort?.postMessage(played);
}

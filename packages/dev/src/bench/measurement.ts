import { median } from './median.ts';
import type { Traffic } from './traffic.ts';

/** What one piece of work took. */
export interface Measurement extends Traffic {
  /** From the start of the first process to the end of the last, in ms. */
  readonly wall: number;
  /** Most resident memory of any of its processes, in bytes; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

/** What is reported of the same work done several times: medians, and of memory the most. */
export function summarise(measurements: readonly Measurement[]): Measurement {
  const methods = new Set(measurements.flatMap(({ requests }) => Object.keys(requests)));
  const requests = [...methods].map((method) => [
    method,
    median(measurements.map((each) => each.requests[method] ?? 0)),
  ]);
  const memories = measurements.map(({ memory }) => memory).filter((each) => each !== undefined);
  return {
    requests: Object.fromEntries(requests),
    bytesUp: median(measurements.map(({ bytesUp }) => bytesUp)),
    wall: median(measurements.map(({ wall }) => wall)),
    memory: memories.length === 0 ? undefined : Math.max(...memories),
  };
}

/** The median of the ratios of what was measured in the same round: noise that lasts hits both of a pair. */
export function pairedRatio(
  ours: readonly Measurement[],
  others: readonly Measurement[],
): number | undefined {
  const pairs = ours.slice(0, others.length);
  if (pairs.length === 0) return undefined;
  return median(pairs.map(({ wall }, round) => wall / (others[round]?.wall ?? Number.NaN)));
}

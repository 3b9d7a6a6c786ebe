import type { Measurement } from './measurement.ts';
import { totalOf } from './traffic.ts';
import type { WorkName } from './workloads/workload.ts';

/** Our figures of one piece of work, beside those that they are compared with. */
export interface Comparison {
  readonly work: WorkName;
  /** In ms. */
  readonly latency: number;
  /** The registry takes a whole blob in one POST. */
  readonly singlePost: boolean;
  readonly ours: Measurement;
  /** In ms; undefined where no peer was measured. */
  readonly bestPeer: number | undefined;
  readonly ratioToPlain: number | undefined;
}

/** What was wanted, and whether it is so. */
export interface Target {
  readonly text: string;
  readonly isMet: boolean;
}

type Rule = (comparison: Comparison) => readonly (Target | undefined)[];

const mebibyte = 1024 * 1024;
// What travels without any blob: manifests.
const smallest = 64 * 1024;

const requests = ({ ours }: Comparison, limit: number, note = ''): Target => ({
  text: `at most ${limit} requests${note}`,
  isMet: totalOf(ours) <= limit,
});

/** Ratios to peers are promised for a network, which has latency; on loopback the start of a process is most of it. */
function wallToPeer({ ours, bestPeer, latency }: Comparison, factor: number): Target | undefined {
  if (bestPeer === undefined || latency === 0) return undefined;
  return { text: `at most ${factor} × the best peer`, isMet: ours.wall <= factor * bestPeer };
}

const pushImage: Rule = (all) => [
  requests(all, all.singlePost ? 11 : all.work === 'a-empty' ? 20 : 28),
  wallToPeer(all, 0.7),
];

const pushLarge: Rule = ({ ours, bestPeer, ratioToPlain }) => [
  ratioToPlain === undefined
    ? undefined
    : { text: 'at most 1.15 × the plain upload', isMet: ratioToPlain <= 1.15 },
  bestPeer === undefined
    ? undefined
    : { text: 'not above the best peer', isMet: ours.wall <= bestPeer },
];

const rules: Readonly<Record<WorkName, Rule>> = {
  'a-empty': pushImage,
  'a-other': pushImage,
  'b-same': (all) => [
    requests(all, 1),
    all.bestPeer === undefined
      ? undefined
      : { text: 'at most the best peer + 60 ms', isMet: all.ours.wall <= all.bestPeer + 60 },
  ],
  'b-manifest': (all) => [requests(all, 10, ', 2 with the oracle')],
  c: (all) => [
    { text: 'no blob is sent', isMet: all.ours.bytesUp <= smallest },
    wallToPeer(all, 0.6),
  ],
  'd-leg': (all) => [wallToPeer(all, 0.5)],
  'd-legs': (all) => [requests(all, all.singlePost ? 450 : 800), wallToPeer(all, 0.8)],
  'd-index': (all) => [requests(all, 30), wallToPeer(all, 0.2)],
  'e-file': pushLarge,
  'e-layer': pushLarge,
  f: ({ ours: { memory } }) => [
    memory === undefined ? undefined : { text: 'at most 150 MiB', isMet: memory <= 150 * mebibyte },
  ],
};

/** The targets that apply to a piece of work; those whose measure is missing are left out. */
export const targetsOf = (comparison: Comparison): Target[] =>
  rules[comparison.work](comparison).filter((target) => target !== undefined);

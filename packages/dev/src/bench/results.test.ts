import { expect, test } from 'vitest';
import type { ClientName } from './clients/client.ts';
import { resultsOf } from './results.ts';
import type { Series } from './run-workload.ts';
import type { WorkName } from './workloads/workload.ts';

const series = (work: WorkName, client: ClientName, walls: readonly number[]): Series => ({
  work,
  client,
  measurements: walls.map((wall) => ({
    wall,
    memory: undefined,
    requests: { POST: 1, PUT: 1 },
    bytesUp: 10,
  })),
});

test('every client is compared with the best peer and, pair by pair, with the plain upload', () => {
  const all = [
    series('e-file', 'ours', [10, 30, 20]),
    series('e-file', 'plain', [10, 20, 20]),
    series('e-file', 'oras', [50, 40, 60]),
    series('e-file', 'regctl', [25, 25, 25]),
    series('e-file', 'ours, no proxy', [6]),
    series('e-file', 'plain, no proxy', [5]),
  ];

  const results = resultsOf(all, { latency: 0, singlePost: false });

  expect(results.map(({ client, toBestPeer, toPlain }) => [client, toBestPeer, toPlain])).toEqual([
    ['ours', 0.8, 1],
    ['plain', 0.8, 1],
    ['oras', 2, 3],
    ['regctl', 1, 1.25],
    ['ours, no proxy', 0.24, 1.2],
    ['plain, no proxy', 0.2, 1],
  ]);
  expect(results.map(({ targets }) => targets.length)).toEqual([2, 0, 0, 0, 0, 0]);
});

test('other work is no comparison', () => {
  const all = [series('a-empty', 'ours', [10]), series('c', 'crane', [1])];

  const [ours] = resultsOf(all, { latency: 30, singlePost: true });

  expect(ours).toMatchObject({ toBestPeer: undefined, toPlain: undefined });
  expect(ours?.targets).toEqual([{ text: 'at most 11 requests', isMet: true }]);
});

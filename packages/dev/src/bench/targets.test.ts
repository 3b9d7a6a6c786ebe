import { expect, test } from 'vitest';
import { type Comparison, targetsOf } from './targets.ts';

const mebibyte = 1024 * 1024;

const comparison = (more: Partial<Comparison>, requests = 20): Comparison => ({
  work: 'a-empty',
  latency: 30,
  singlePost: false,
  ours: { wall: 70, memory: 150 * mebibyte, requests: { PUT: requests }, bytesUp: 64 * 1024 },
  bestPeer: 100,
  ratioToPlain: 1.15,
  ...more,
});

test.each<[Partial<Comparison>, number, readonly string[]]>([
  [{ work: 'a-empty' }, 20, ['at most 20 requests', 'at most 0.7 × the best peer']],
  [{ work: 'a-other' }, 28, ['at most 28 requests', 'at most 0.7 × the best peer']],
  [{ work: 'a-other', singlePost: true, latency: 0 }, 11, ['at most 11 requests']],
  [{ work: 'b-same', bestPeer: 10 }, 1, ['at most 1 requests', 'at most the best peer + 60 ms']],
  [{ work: 'b-manifest' }, 10, ['at most 10 requests, 2 with the oracle']],
  [{ work: 'c', bestPeer: 117 }, 0, ['no blob is sent', 'at most 0.6 × the best peer']],
  [{ work: 'd-leg', bestPeer: 140 }, 0, ['at most 0.5 × the best peer']],
  [{ work: 'd-legs' }, 800, ['at most 800 requests', 'at most 0.8 × the best peer']],
  [{ work: 'd-legs', singlePost: true, bestPeer: undefined }, 450, ['at most 450 requests']],
  [{ work: 'd-index', bestPeer: 350 }, 30, ['at most 30 requests', 'at most 0.2 × the best peer']],
  [{ work: 'e-file' }, 3, ['at most 1.15 × the plain upload', 'not above the best peer']],
  [{ work: 'f' }, 3, ['at most 150 MiB']],
])('%o with %i requests meets its targets', (more, requests, texts) => {
  const targets = targetsOf(comparison(more, requests));

  expect(targets.map(({ text }) => text)).toEqual(texts);
  expect(targets.filter(({ isMet }) => !isMet)).toEqual([]);
});

test.each<[Partial<Comparison>]>([
  [{ work: 'a-empty', bestPeer: 99 }],
  [{ work: 'c', bestPeer: 116 }],
  [{ work: 'e-file', ratioToPlain: 1.16 }],
  [{ work: 'e-layer', bestPeer: 69 }],
])('%o misses one of its targets', (more) => {
  const targets = targetsOf(comparison(more));

  expect(targets.map(({ isMet }) => isMet).sort()).toEqual([false, true]);
});

test('one request too many is a miss, and so is a byte', () => {
  expect(targetsOf(comparison({ bestPeer: undefined }, 21))[0]?.isMet).toBe(false);
  const memory = 150 * mebibyte + 1;
  const ours = { ...comparison({}).ours, memory };
  expect(targetsOf(comparison({ work: 'f', ours }))[0]?.isMet).toBe(false);
});

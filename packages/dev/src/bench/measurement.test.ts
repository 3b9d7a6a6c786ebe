import { expect, test } from 'vitest';
import { type Measurement, pairedRatio, summarise } from './measurement.ts';

const took = (wall: number, more: Partial<Measurement> = {}): Measurement => ({
  wall,
  memory: undefined,
  requests: { PUT: 1 },
  bytesUp: 10,
  ...more,
});

test('of several rounds the medians are reported, and of memory the most', () => {
  const rounds = [
    took(30, { memory: 5 }),
    took(10, { memory: 7, requests: { HEAD: 2, PUT: 1 } }),
    took(20, { bytesUp: 30, requests: { HEAD: 1, PUT: 9 } }),
  ];

  expect(summarise(rounds)).toEqual({
    wall: 20,
    memory: 7,
    bytesUp: 10,
    requests: { HEAD: 1, PUT: 1 },
  });
});

test('memory that nobody could tell stays unknown', () => {
  expect(summarise([took(1)]).memory).toBeUndefined();
});

test('pairs are compared round by round', () => {
  const [ours, others] = [
    [took(2), took(30), took(4)],
    [took(1), took(10), took(4)],
  ];

  expect(pairedRatio(ours, others)).toBe(2);
  expect(pairedRatio(ours, [])).toBeUndefined();
});

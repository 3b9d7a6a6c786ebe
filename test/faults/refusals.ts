import { expect } from 'vitest';
import { ever, type Fault, type Seen } from './fault.ts';

const once = (status: number): Fault => ({ registry: () => ({ status }) });
const always = (status: number): Fault => ({ registry: () => ({ status, times: ever }) });

/** Expects the longest wait to be what was asked for, in milliseconds, and not much more. */
const waits =
  (ms: number) =>
  ({ sleeps }: Seen): void => {
    expect(Math.max(...sleeps)).toBeGreaterThanOrEqual(ms);
    expect(Math.max(...sleeps)).toBeLessThan(ms + 1500);
  };

const later = (status: number, retryAfter: (now: number) => string, wait: number): Fault => ({
  registry: (now) => ({ status, headers: { 'retry-after': retryAfter(now) } }),
  check: waits(wait),
});
const inSeconds = (seconds: number) => () => `${seconds}`;
const atDate =
  (seconds: number) =>
  (now: number): string =>
    new Date(now + seconds * 1000).toUTCString();

/** The registry says no. */
export const refusals = {
  '429, come back in 7 s': later(429, inSeconds(7), 7000),
  '429, come back at a date': later(429, atDate(7), 7000),
  '503, come back at a date': later(503, atDate(7), 7000),
  '429, come back in a day': later(429, inSeconds(86_400), 120_000),
  '429 always': always(429),
  '500 once': once(500),
  '500 always': always(500),
  '502 once': once(502),
  '502 always': always(502),
  '503 once': once(503),
  '503 always': always(503),
  '504 once': once(504),
  '504 always': always(504),
  '408 once': once(408),
  '403 once': once(403),
  '404 of the registry': {
    registry: () => ({ status: 404, code: 'NAME_UNKNOWN', message: 'no such repository' }),
  },
  '404 without a word': { registry: () => ({ status: 404, body: '' }) },
  '413 once': once(413),
  '413 always': always(413),
  '416 once': once(416),
  '416 always': always(416),
} satisfies Record<string, Fault>;

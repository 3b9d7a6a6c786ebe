import { setTimeout as sleep } from 'node:timers/promises';
import { ever, type Fault, patience } from './fault.ts';
import type { Spoil } from './gate.ts';

/** Sends the answer in so many pieces, some ms apart. */
const dripping =
  (pieces: number, pause: number): Spoil =>
  async ({ response, honest }) => {
    const { status, headers, body } = await honest();
    response.writeHead(status, headers);
    const size = Math.ceil(body.byteLength / pieces);
    for (let at = 0; at < body.byteLength; at += size) {
      await sleep(pause);
      response.write(body.subarray(at, at + size));
    }
    response.end();
  };

/** Sends the answer byte by byte, and goes on when there are no more. */
const drippingOn: Spoil = async ({ response, honest }) => {
  const { status, headers, body } = await honest();
  const { 'content-length': _, ...others } = headers;
  response.writeHead(status, others);
  for (let at = 0; !response.closed; at += 1) {
    response.write(body.subarray(at, at + 1).length === 0 ? ' ' : body.subarray(at, at + 1));
    await sleep(20);
  }
};

/** Sends half of the answer, and then nothing. */
const stalling: Spoil = async ({ response, honest }) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, headers);
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)));
};

/** Announces another length than the answer has. */
const misjudged =
  (more: number): Spoil =>
  async ({ response, honest, request }) => {
    const { status, headers, body } = await honest();
    const length = `${Number(headers['content-length'] ?? 0) + more}`;
    // By hand: Node's server would notice.
    const lines = Object.entries({ ...headers, 'content-length': length, connection: 'close' });
    const head = lines.map(([key, value]) => `${key}: ${value}\r\n`).join('');
    response.socket?.write(`HTTP/1.1 ${status} Any\r\n${head}\r\n`);
    if (request.method !== 'HEAD') response.socket?.write(body);
    response.socket?.end();
  };

/** The connection or the time runs out. */
export const connections = {
  'reset before': { registry: () => ({ reset: 'before' }) },
  'reset during': { registry: () => ({ reset: 'during' }) },
  'works, then reset': { registry: () => ({ reset: 'after' }) },
  'works, then 504': { registry: () => ({ status: 504, worked: true }) },
  'reset always': { registry: () => ({ reset: 'before', times: ever }) },
  'works, then reset, always': { registry: () => ({ reset: 'after', times: ever }) },
  'nobody listens': { down: true },
  'answers late': { registry: () => ({ delay: patience }) },
  'works, then silence': {
    registry: () => ({ delay: 60_000 }),
    timeouts: { headers: patience },
  },
  'silence always': {
    registry: () => ({ delay: 60_000, times: ever }),
    timeouts: { headers: patience },
    retry: { attempts: 3 },
  },
  'commits longer than we wait': {
    capabilities: { commitTime: 250 },
    timeouts: { headers: patience },
    pace: 0.4,
  },
  'cut short once': { registry: () => ({ truncate: 5 }) },
  'cut short always': { registry: () => ({ truncate: 5, times: ever }) },
  'drips in': { gate: dripping(10, 5), timeouts: { body: patience } },
  'stops halfway once': { gate: stalling, timeouts: { body: patience } },
  'stops halfway always': {
    gate: stalling,
    times: ever,
    timeouts: { body: patience },
    retry: { attempts: 3 },
  },
  'drips for ever': {
    gate: drippingOn,
    times: ever,
    timeouts: { body: patience },
    retry: { attempts: 3 },
  },
  'length too large': { gate: misjudged(7), timeouts: { body: patience } },
  'length too small': { gate: misjudged(-7), timeouts: { body: patience } },
} satisfies Record<string, Fault>;

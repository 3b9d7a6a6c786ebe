import { pipeline } from 'node:stream/promises';
import { expect } from 'vitest';
import { ever, type Fault } from './fault.ts';
import type { Spoil } from './gate.ts';

const page = '<!doctype html><title>Sign in</title><p>Welcome to the network of this hotel.';
const html = { 'content-type': 'text/html' };
const otherDigest = `sha256:${'0'.repeat(64)}`;

/** Answers as it should, or with another status, and does not stop. */
const endless =
  (status?: number): Spoil =>
  async ({ response, honest }) => {
    const own = await honest();
    const { 'content-length': _, ...headers } = own.headers;
    response.writeHead(status ?? own.status, status === undefined ? headers : html);
    await pipeline(forever(own.body), response);
  };

async function* forever(start: Uint8Array): AsyncGenerator<Uint8Array> {
  yield start;
  for (;;) yield Buffer.alloc(64 * 1024, ' ');
}

/** The answer is not what it should be. */
export const contents = {
  'another digest in its header': {
    registry: () => ({ headers: { 'docker-content-digest': otherDigest }, times: ever }),
  },
  'nonsense as digest': {
    registry: () => ({ headers: { 'docker-content-digest': '../../etc' }, times: ever }),
  },
  'no digest in its header': { capabilities: { digestHeader: false } },
  'one bit is wrong': { registry: () => ({ corrupt: true, times: ever }) },
  'another Content-Type': {
    registry: () => ({ headers: { 'content-type': 'text/plain' }, times: ever }),
  },
  '200 with a page of HTML': {
    registry: () => ({ status: 200, body: page, headers: html, times: ever }),
  },
  '403 with a page of HTML': {
    registry: () => ({ status: 403, body: page, headers: html, times: ever }),
  },
  '404 with a page of HTML': {
    registry: () => ({ status: 404, body: page, headers: html, times: ever }),
  },
  '502 with a page of HTML once': { registry: () => ({ status: 502, body: page, headers: html }) },
  'broken JSON': {
    registry: () => ({ body: '{"errors": [', times: ever }),
  },
  'an answer without end': { gate: endless(), times: ever },
  'a refusal without end': { gate: endless(403), times: ever },
  'a warning': {
    registry: () => ({ headers: { warning: '299 - "an old client"' }, times: ever }),
    rounds: 2,
    check: ({ warnings }) => expect(warnings).toEqual(['an old client']),
  },
} satisfies Record<string, Fault>;

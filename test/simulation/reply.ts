import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { DirectAnswer } from '../../packages/testing/src/registry/direct-registry.ts';

/** An answer as a client gets it from a connection; `broken` after half of its body. */
export function replyOf({ status, headers, body }: DirectAnswer, broken: boolean): IncomingMessage {
  const reply = new IncomingMessage(new Socket());
  reply.statusCode = status;
  const distinct = Object.entries(headers).map(([name, value]) => [name, [value].flat()] as const);
  reply.headersDistinct = Object.fromEntries(distinct);
  reply.headers = Object.fromEntries(distinct.map(([name, values]) => [name, values.join(', ')]));
  if (broken) {
    reply.push(body.subarray(0, body.byteLength / 2));
    setImmediate(() => reply.destroy(socketError('ECONNRESET')));
    return reply;
  }
  reply.complete = true;
  if (body.byteLength > 0) reply.push(body);
  reply.push(null);
  return reply;
}

/** What a socket says when it cannot go on. */
export const socketError = (code: 'ECONNRESET' | 'ECONNREFUSED' | 'ETIMEDOUT'): Error =>
  Object.assign(new Error(code), { code });

import type { IncomingMessage } from 'node:http';
import { OciError } from '@oci-matrix/oci';
import { TransportError } from '../error/transport-error.ts';
import type { Report } from '../event.ts';
import type { Clock } from '../retry/clock.ts';
import type { Pauses } from '../retry/pauses.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import type { OpenBody } from './body.ts';
import type { Connections } from './connections.ts';
import type { Exchange, Pool, Reply, Wire } from './exchange.ts';
import { headerValue } from './headers.ts';
import type { Limiter } from './limiter.ts';
import { paced } from './pace.ts';
import { redactUrl } from './redact.ts';

export interface WireParts {
  readonly connections: Connections;
  readonly limiters: Readonly<Record<Pool, Limiter>>;
  readonly pauses: Pauses;
  readonly clock: Clock;
  readonly report: Report;
  readonly userAgent: string;
}

/** The least that a blob must bring within the time for a body, in bytes. */
const leastProgress = 64 * 1024;

/** Sends one request at a time for each slot of its pool, and reports each when its answer has ended. */
export function createWire(parts: WireParts): Wire {
  const { connections, limiters, pauses, clock, userAgent } = parts;

  return {
    async exchange(request) {
      const { url, signal, body } = request;
      await request.guard?.check(url);
      await pauses.wait(url.host, signal);
      const limiter = limiters[request.pool];
      const leave = await limiter.enter(signal);
      const watch = startWatch(parts, request, leave);
      const sending = body?.open();
      try {
        const answer = await connections.send({
          ...request,
          headers: headersOf(request, userAgent),
          content: body?.size === 0 ? undefined : sending?.content,
        });
        const { bodyTimeout } = connections;
        const reply = replyOf(request, answer, { watch, limiter, bodyTimeout }, sending);
        const wait = parseRetryAfter(headerValue(reply.headers, 'retry-after'), clock.now());
        if (wait !== undefined && reply.status >= 400) pauses.note(url.host, wait);
        noteStatus(limiter, reply.status);
        return reply;
      } catch (cause) {
        watch.end(undefined, sending?.sent() ?? 0);
        throw noted(limiter, failureOf(request, cause, sending));
      }
    },
  };
}

interface Watch {
  received: number;
  end(status: number | undefined, bytesSent: number): void;
}

/** What goes on around a request. */
interface Course {
  readonly watch: Watch;
  readonly limiter: Limiter;
  readonly bodyTimeout: number;
}

function startWatch({ clock, report }: WireParts, request: Exchange, leave: () => void): Watch {
  const start = clock.now();
  let ended = false;
  const watch: Watch = {
    received: 0,
    end(status, bytesSent) {
      if (ended) return;
      ended = true;
      leave();
      const { kind, method } = request;
      const [url, ms] = [redactUrl(request.url), clock.now() - start];
      const bytesReceived = watch.received;
      report({ type: 'request', kind, method, url, status, bytesSent, bytesReceived, ms });
    },
  };
  return watch;
}

const headersOf = ({ headers, body }: Exchange, userAgent: string): Record<string, string> => ({
  'user-agent': userAgent,
  ...headers,
  ...(body === undefined ? {} : { 'content-length': String(body.size) }),
});

function replyOf(
  request: Exchange,
  answer: IncomingMessage,
  { watch, limiter, bodyTimeout }: Course,
  sending: OpenBody | undefined,
): Reply {
  const { method, url } = request;
  const { statusCode: status = 0, headersDistinct: headers } = answer;
  const bytes = request.pool === 'downloads' ? leastProgress : Number.POSITIVE_INFINITY;
  const end = (): void => watch.end(status, sending?.sent() ?? 0);
  answer.once('close', end);

  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      const pace = { time: bodyTimeout, bytes };
      for await (const chunk of paced(answer, pace, (error) => void answer.destroy(error))) {
        watch.received += chunk.byteLength;
        yield chunk;
      }
    } catch (cause) {
      throw noted(limiter, failureOf(request, cause, undefined));
    } finally {
      end();
    }
  }

  return {
    method,
    url,
    status,
    headers,
    body: counted(),
    async discard() {
      await letGo(answer, bodyTimeout);
      end();
    },
  };
}

// What is short is read to its end, and leaves a connection that can be used again.
function letGo(answer: IncomingMessage, bodyTimeout: number): Promise<void> {
  return new Promise((resolve) => {
    if (answer.closed) return resolve();
    let left = 64 * 1024;
    const timer = setTimeout(() => answer.destroy(), Math.min(bodyTimeout, 2000));
    answer.on('error', () => {});
    answer.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    answer.on('data', (chunk: Uint8Array) => {
      left -= chunk.byteLength;
      if (left < 0) answer.destroy();
    });
  });
}

function noteStatus(limiter: Limiter, status: number): void {
  if (status === 429 || status === 503) limiter.note('overloaded');
  else if (status < 400) limiter.note('worked');
}

// A connection that breaks is how some registries say that they have too many.
function noted(limiter: Limiter, failure: unknown): unknown {
  if (failure instanceof TransportError && failure.temporary) limiter.note('overloaded');
  return failure;
}

// An aborted request fails with the reason of the abort; a body that fails, with its own error.
function failureOf(request: Exchange, cause: unknown, sending: OpenBody | undefined): unknown {
  if (request.signal.aborted) return request.signal.reason;
  const failure = sending?.failure();
  if (failure !== undefined) return failure.error;
  if (cause instanceof OciError) return cause;
  return new TransportError(request.method, redactUrl(request.url), cause);
}

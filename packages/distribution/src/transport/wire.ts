import { OciError } from '@oci-matrix/oci';
import type { Dispatcher } from 'undici';
import { TransportError } from '../error/transport-error.ts';
import type { Report } from '../event.ts';
import type { Clock } from '../retry/clock.ts';
import type { Pauses } from '../retry/pauses.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import type { OpenBody } from './body.ts';
import type { Dispatchers } from './dispatchers.ts';
import type { Exchange, Pool, Reply, Wire } from './exchange.ts';
import { headerValue } from './headers.ts';
import type { Limiter } from './limiter.ts';
import { redactUrl } from './redact.ts';

export interface WireParts {
  readonly dispatchers: Dispatchers;
  readonly limiters: Readonly<Record<Pool, Limiter>>;
  readonly pauses: Pauses;
  readonly clock: Clock;
  readonly report: Report;
  readonly userAgent: string;
}

/** Sends one request at a time for each slot of its pool, and reports each when its answer has ended. */
export function createWire(parts: WireParts): Wire {
  const { dispatchers, limiters, pauses, clock, userAgent } = parts;

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
        const response = await dispatchers.pick(request.guard).request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers: headersOf(request, userAgent),
          body: sending === undefined || body?.size === 0 ? null : sending.content,
          signal,
          // undici closes the connection after every HEAD unless it is told not to.
          reset: false,
          headersTimeout: dispatchers.headersTimeout + (request.patience ?? 0),
        });
        const wait = parseRetryAfter(headerValue(response.headers, 'retry-after'), clock.now());
        if (wait !== undefined && response.statusCode >= 400) pauses.note(url.host, wait);
        noteStatus(limiter, response.statusCode);
        return replyOf(request, response, { watch, limiter }, sending);
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

function startWatch({ clock, report }: WireParts, request: Exchange, leave: () => void): Watch {
  const start = clock.now();
  const watch: Watch = {
    received: 0,
    end(status, bytesSent) {
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
  response: Dispatcher.ResponseData,
  { watch, limiter }: { readonly watch: Watch; readonly limiter: Limiter },
  sending: OpenBody | undefined,
): Reply {
  const { method, url } = request;
  const { statusCode: status, headers, body } = response;
  body.once('close', () => watch.end(status, sending?.sent() ?? 0));

  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        watch.received += chunk.byteLength;
        yield chunk;
      }
    } catch (cause) {
      throw noted(limiter, failureOf(request, cause, undefined));
    }
  }

  return {
    method,
    url,
    status,
    headers,
    body: counted(),
    async discard() {
      await body.dump({ limit: 64 * 1024 });
    },
  };
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

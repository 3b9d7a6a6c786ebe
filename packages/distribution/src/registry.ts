import { createAuthorizedSend } from './auth/authorized-send.ts';
import { createAuthorizer } from './auth/authorizer.ts';
import type { Scope } from './auth/scope.ts';
import type { Credentials } from './credentials/credential.ts';
import { originOf } from './endpoint/origin.ts';
import { AuthError } from './error/auth-error.ts';
import type { Report } from './event.ts';
import { createKeyedLock, type KeyedLock } from './keyed-lock.ts';
import type { Learned } from './learned.ts';
import type { Clock } from './retry/clock.ts';
import type { Retry } from './retry/retry.ts';
import type { Exchange, Pool, Reply, ReplyHeaders, Wire } from './transport/exchange.ts';
import { createGuard } from './transport/guard.ts';
import { readBody } from './transport/read-body.ts';
import { refusalOf } from './transport/refusal.ts';
import { createWarnings } from './warnings.ts';

/** What all registries of a client share. */
export interface RegistryParts {
  readonly wire: Wire;
  readonly retry: Retry;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly report: Report;
  readonly plainHttp: boolean;
  readonly signal: AbortSignal;
}

export interface RegistryRequest
  extends Pick<Exchange, 'kind' | 'method' | 'url' | 'body' | 'patience'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** What a token must allow; the first is the repository's own. */
  readonly scopes: readonly Scope[];
  /** The statuses that are an answer; every other one is an error. */
  readonly expect: readonly number[];
  readonly pool?: Pool;
  /** How long a token must be good for, in milliseconds. */
  readonly life?: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer that was read. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly bytes: Uint8Array;
}

/** One registry: finds it, authenticates, follows it, and tells answers from errors. */
export interface Registry {
  readonly name: string;
  readonly origin: URL;
  readonly clock: Clock;
  /** Tries once. */
  once(request: RegistryRequest): Promise<Reply>;
  /** Tries until there is an answer, and leaves its body to be read. */
  open(request: RegistryRequest): Promise<Reply>;
  /** Tries until there is an answer, and reads up to `limit` bytes of it; 64 KiB unless given. */
  call(request: RegistryRequest, limit?: number): Promise<Answer>;
  /** Tries `work` until it succeeds or fails for good. */
  retry<T>(work: () => Promise<T>, options: RetryCall): Promise<T>;
  /** Keeps writers of this process out of each other's way. */
  readonly lock: KeyedLock;
  /** What was found out so far; whoever finds out more writes it down. */
  readonly learned: Learned;
  /** The client's signal, and the caller's where there is one. */
  signalOf(own: AbortSignal | undefined): AbortSignal;
}

export interface RetryCall {
  readonly signal?: AbortSignal | undefined;
  readonly temporary?: (error: unknown) => boolean;
}

export function openRegistry(name: string, parts: RegistryParts): Registry {
  const { clock, report, signal } = parts;
  const origin = originOf(name, parts.plainHttp);
  const guard = createGuard(origin.hostname);
  const authorizer = createAuthorizer({ ...parts, registry: name, origin, guard });
  const send = createAuthorizedSend({ ...parts, origin, guard, authorizer });
  const warn = createWarnings(name, report);
  const signalOf = (own: AbortSignal | undefined): AbortSignal =>
    own === undefined ? signal : AbortSignal.any([signal, own]);

  const once = async (request: RegistryRequest): Promise<Reply> => {
    const reply = await send({
      ...request,
      headers: request.headers ?? {},
      pool: request.pool ?? 'metadata',
      signal: signalOf(request.signal),
    });
    if (reply.url.origin === origin.origin) warn(reply.headers);
    if (request.expect.includes(reply.status)) return reply;
    const refusal = await refusalOf(reply, clock.now());
    if (reply.status !== 401 || !(await authorizer.isAnonymous(request))) throw refusal;
    const repository = `${name}/${request.scopes[0]?.repository ?? ''}`;
    const what = `${repository} asks for credentials, and there are none`;
    throw new AuthError('NO_CREDENTIALS', what, refusal);
  };

  const retry: Registry['retry'] = (work, options) =>
    parts.retry(work, signalOf(options.signal), options.temporary);

  const call: Registry['call'] = (request, limit = 64 * 1024) =>
    retry(async () => {
      const reply = await once(request);
      const { url, status, headers } = reply;
      return { url, status, headers, bytes: await readBody(reply, limit) };
    }, request);

  const open: Registry['open'] = (request) => retry(() => once(request), request);
  const lock = createKeyedLock();
  const learned: Learned = {};
  return { name, origin, clock, once, open, call, retry, lock, learned, signalOf };
}

import type { RepositoryName } from '@oci-matrix/oci';
import type { Credentials } from './credentials/credential.ts';
import { checkRepository } from './endpoint/routes.ts';
import type { ClientEvent, Report } from './event.ts';
import { openRegistry, type Registry } from './registry.ts';
import { createRepository, type Repository, type RepositoryOptions } from './repository.ts';
import { type Clock, systemClock } from './retry/clock.ts';
import { createPauses } from './retry/pauses.ts';
import { createRetry, type RetryOptions } from './retry/retry.ts';
import { createCounter, type Statistics } from './statistics.ts';
import { createConnections, type Timeouts } from './transport/connections.ts';
import { createLimiter } from './transport/limiter.ts';
import { createWire } from './transport/wire.ts';

export interface ClientOptions {
  /** None unless given: everything is asked anonymously. */
  readonly credentials?: Credentials;
  /** Plain http for registries that are not on loopback too; false unless given. */
  readonly plainHttp?: boolean;
  /** Requests at a time: 24 small ones, and 4 bodies each way, fewer while a registry says that it is too much. */
  readonly concurrency?: { readonly metadata?: number; readonly bodies?: number };
  readonly retry?: RetryOptions;
  readonly timeouts?: Timeouts;
  /** Ends everything with its reason. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly userAgent?: string;
  readonly onEvent?: (event: ClientEvent) => void;
}

/** Talks to registries. Close it at the end: open connections keep a process alive. */
export interface Client extends AsyncDisposable {
  /** Throws `InvalidReferenceError` if the name is none. */
  repository(name: RepositoryName, options?: RepositoryOptions): Repository;
  statistics(): Statistics;
  /** Ends what is underway, and closes all connections. */
  close(): Promise<void>;
}

/** Opens a client. It connects to nothing yet. */
export function openClient(options: ClientOptions = {}): Client {
  const { clock = systemClock, credentials = async () => undefined, plainHttp = false } = options;
  const { metadata = 24, bodies = 4 } = options.concurrency ?? {};
  const closing = new AbortController();
  const signal =
    options.signal === undefined
      ? closing.signal
      : AbortSignal.any([closing.signal, options.signal]);
  const counter = createCounter();
  const report: Report = (event) => {
    counter.count(event);
    options.onEvent?.(event);
  };
  const connections = createConnections(metadata + 2 * bodies, options.timeouts ?? {});
  const wire = createWire({
    connections,
    clock,
    report,
    limiters: {
      metadata: createLimiter(metadata),
      uploads: createLimiter(bodies, 1),
      downloads: createLimiter(bodies, 1),
    },
    pauses: createPauses(clock),
    userAgent: options.userAgent ?? 'oci-matrix',
  });
  const retry = createRetry(options.retry ?? {}, clock, report);
  const registries = new Map<string, Registry>();
  const registryOf = (name: string): Registry => {
    const known = registries.get(name);
    if (known !== undefined) return known;
    const opened = openRegistry(name, {
      wire,
      retry,
      credentials,
      clock,
      report,
      plainHttp,
      signal,
    });
    registries.set(name, opened);
    return opened;
  };
  const close = async (): Promise<void> => {
    closing.abort(new Error('the client was closed'));
    connections.destroy();
  };

  return {
    repository(name, options) {
      const checked = checkRepository(name);
      return createRepository(registryOf(checked.registry), checked, options);
    },
    statistics: () => counter.statistics(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

import { Agent, type Dispatcher } from 'undici';
import type { Guard } from './guard.ts';

export interface Timeouts {
  /** For a connection to open, in milliseconds; 30 000. */
  readonly connect?: number;
  /** From the end of a request to the head of its answer, in milliseconds; 120 000. A commit gets more for its size. */
  readonly headers?: number;
  /** Between two pieces of a body, in milliseconds; 120 000. */
  readonly body?: number;
}

/** The connections of one client. */
export interface Dispatchers {
  /** For the registry itself without a guard; for other hosts with its guard. */
  pick(guard: Guard | undefined): Dispatcher;
  /** In milliseconds. */
  readonly headersTimeout: number;
  destroy(): Promise<void>;
}

/** Opens the connections as they are needed, at most so many to each origin. */
export function createDispatchers(connections: number, timeouts: Timeouts): Dispatchers {
  const agents = new Map<Guard | undefined, Agent>();
  const open = (guard: Guard | undefined): Agent =>
    new Agent({
      connections,
      // Pushes over HTTP/2 are slow or hang on several registries: https://github.com/moby/buildkit/pull/1420
      allowH2: false,
      pipelining: 1,
      keepAliveTimeout: 10_000,
      bodyTimeout: timeouts.body ?? 120_000,
      connect: {
        timeout: timeouts.connect ?? 30_000,
        ...(guard === undefined ? {} : { lookup: guard.lookup }),
      },
    });

  return {
    headersTimeout: timeouts.headers ?? 120_000,
    pick(guard) {
      const agent = agents.get(guard) ?? open(guard);
      agents.set(guard, agent);
      return agent;
    },
    async destroy() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

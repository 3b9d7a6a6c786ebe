import type { Agent, IncomingMessage } from 'node:http';
import type { Guard } from './guard.ts';
import { httpFor } from './http-modules.ts';
import { type Outgoing, sendRequest } from './send-request.ts';

export interface Timeouts {
  /** For a connection to open, in milliseconds; 30 000. */
  readonly connect?: number;
  /** How long a request may stand still before the head of its answer, in milliseconds; 120 000. A commit gets more for its size. */
  readonly headers?: number;
  /** Between two pieces of a body, and for all of one that is no blob, in milliseconds; 120 000. */
  readonly body?: number;
}

/** What a request needs, besides the connection. */
export type Letter = Omit<Outgoing, 'agent' | 'timeouts'> & {
  /** Given for a host that a registry named. */
  readonly guard?: Guard | undefined;
  /** How much longer than usual the head of the answer may take, in milliseconds. */
  readonly patience?: number | undefined;
};

/** The connections of one client. */
export interface Connections {
  /** Resolves to the head of the answer, whose body is still on its way. */
  send(letter: Letter): Promise<IncomingMessage>;
  /** In milliseconds. */
  readonly bodyTimeout: number;
  destroy(): void;
}

/** Opens connections as they are needed, at most so many to each origin, and keeps them for a while. */
export function createConnections(most: number, timeouts: Timeouts): Connections {
  const { connect = 30_000, headers = 120_000, body = 120_000 } = timeouts;
  const agents = new Map<Guard | undefined, Map<string, Agent>>();
  const agentFor = ({ url, guard }: Letter): Agent => {
    const own = agents.get(guard) ?? new Map<string, Agent>();
    const agent = own.get(url.protocol) ?? openAgent(url, most, guard);
    agents.set(guard, own.set(url.protocol, agent));
    return agent;
  };

  return {
    bodyTimeout: body,
    send: (letter) =>
      sendRequest({
        ...letter,
        agent: agentFor(letter),
        timeouts: { connect, headers: headers + (letter.patience ?? 0), body },
      }),
    destroy() {
      for (const own of agents.values()) for (const agent of own.values()) agent.destroy();
    },
  };
}

// HTTP/1.1: many connections of it carry bodies faster than one of HTTP/2, https://github.com/moby/buildkit/pull/1420
function openAgent(url: URL, maxSockets: number, guard: Guard | undefined): Agent {
  const lookup = guard === undefined ? {} : { lookup: guard.lookup };
  // The time is that of a connection which nobody uses.
  return new (httpFor(url).Agent)({ keepAlive: true, maxSockets, timeout: 10_000, ...lookup });
}

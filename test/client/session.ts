import { randomBytes } from 'node:crypto';
import {
  type ClientEvent,
  type ClientOptions,
  openClient,
  type Repository,
} from '@oci-matrix/distribution';
import type { Target } from './target.ts';

/** What a client sent, without what was refused with 401 and without tokens: how a registry logs in is not its protocol. */
export interface Traffic {
  readonly requests: Readonly<Record<string, number>>;
  /** Bytes of bodies. */
  readonly bytesSent: number;
}

/** A client of its own at the registry under test, and a repository that nothing else uses. */
export interface Session extends AsyncDisposable {
  readonly repository: Repository;
  /** Another repository that nothing else uses, through the same client. */
  another(): Repository;
  /** Any repository, through the same client. */
  open(name: string): Repository;
  /** What was sent since the last call. */
  traffic(): Traffic;
}

const randomName = (): string => `client/${randomBytes(8).toString('hex')}`;

/** Opens a client as the target says, but for what is given here. */
export function openSession(
  { host, newName = randomName, ...target }: Target,
  options: ClientOptions & { readonly repository?: string } = {},
): Session {
  const events: ClientEvent[] = [];
  const { repository: name = newName(), ...more } = options;
  const client = openClient({
    ...target.client,
    ...more,
    onEvent: (event) => void events.push(event),
  });
  const open = (repository: string): Repository =>
    client.repository({ registry: host, repository });
  return {
    repository: open(name),
    another: () => open(newName()),
    open,
    traffic: () => trafficOf(events.splice(0)),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

function trafficOf(events: readonly ClientEvent[]): Traffic {
  const requests: Record<string, number> = {};
  let bytesSent = 0;
  for (const event of events) {
    if (event.type !== 'request' || event.kind === 'token' || event.status === 401) continue;
    requests[event.kind] = (requests[event.kind] ?? 0) + 1;
    bytesSent += event.bytesSent;
  }
  return { requests, bytesSent };
}

/** The kinds of requests among these that write. */
export const writesIn = ({ requests }: Traffic): string[] =>
  Object.keys(requests).filter((kind) => !/(exists|fetch|resolve|list)$/.test(kind));

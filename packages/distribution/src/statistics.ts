import type { ClientEvent, RequestKind } from './event.ts';

/** What a client has done so far. */
export interface Statistics {
  /** How many requests of each kind were sent; kinds that were not are absent. */
  readonly requests: Readonly<Partial<Record<RequestKind, number>>>;
  readonly retries: number;
  /** Bytes of bodies. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
}

/** Counts events. */
export interface Counter {
  count(event: ClientEvent): void;
  statistics(): Statistics;
}

export function createCounter(): Counter {
  const requests: Partial<Record<RequestKind, number>> = {};
  let [retries, bytesSent, bytesReceived] = [0, 0, 0];
  return {
    count(event) {
      if (event.type === 'retry') retries += 1;
      if (event.type !== 'request') return;
      requests[event.kind] = (requests[event.kind] ?? 0) + 1;
      bytesSent += event.bytesSent;
      bytesReceived += event.bytesReceived;
    },
    statistics: () => ({ requests: { ...requests }, retries, bytesSent, bytesReceived }),
  };
}

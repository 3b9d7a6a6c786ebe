/** The methods that are told apart in the tables. */
export const methods = ['HEAD', 'GET', 'POST', 'PATCH', 'PUT'] as const;

/** What went through the proxy. */
export interface Traffic {
  readonly requests: Readonly<Record<string, number>>;
  /** Bytes of request bodies. */
  readonly bytesUp: number;
}

export const totalOf = ({ requests }: Traffic): number =>
  Object.values(requests).reduce((sum, count) => sum + count, 0);

/** Counts until it is asked, and then from zero. */
export interface TrafficCounter {
  request(method: string): void;
  body(bytes: number): void;
  take(): Traffic;
}

export function createTrafficCounter(): TrafficCounter {
  let requests: Record<string, number> = {};
  let bytesUp = 0;
  return {
    request: (method) => {
      requests[method] = (requests[method] ?? 0) + 1;
    },
    body: (bytes) => {
      bytesUp += bytes;
    },
    take: () => {
      const traffic = { requests, bytesUp };
      requests = {};
      bytesUp = 0;
      return traffic;
    },
  };
}

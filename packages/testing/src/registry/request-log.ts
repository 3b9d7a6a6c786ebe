import type { IncomingMessage } from 'node:http';
import { kindOf } from './router.ts';

/** A request that the registry got. */
export interface RequestRecord {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Which of its two servers got it: see `redirectBlobs`. */
  readonly server: 'registry' | 'storage';
  /** 0 while it is not answered, and for ever if the connection broke before. */
  readonly status: number;
  /** Bytes of the body that were read. */
  readonly bytesIn: number;
  /** Bytes of the body that were sent. */
  readonly bytesOut: number;
  /** The scheme of its `Authorization`, or false without one. */
  readonly authorization: string | false;
  /** From its head to the end of the answer, in ms; 0 while that is not known. */
  readonly duration: number;
}

/** Sums over the requests. */
export interface Statistics {
  readonly requests: number;
  /** By method and kind of path, such as `PUT manifest`. */
  readonly byKind: Readonly<Record<string, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly blobsUploaded: number;
  readonly blobsMounted: number;
}

/** A record that still changes. */
export type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

/** Remembers requests in the order of their arrival. */
export interface RequestLog {
  begin(request: IncomingMessage, server: 'registry' | 'storage'): OpenRecord;
  end(record: OpenRecord): void;
  list(method?: string, pattern?: RegExp): RequestRecord[];
  clear(): void;
  listen(listener: (record: RequestRecord) => void): void;
}

export function createRequestLog(): RequestLog {
  const records: OpenRecord[] = [];
  const listeners: ((record: RequestRecord) => void)[] = [];
  const starts = new WeakMap<OpenRecord, number>();
  return {
    begin({ method = '', url = '', headers }, server) {
      const authorization = headers.authorization?.split(' ', 1)[0] || false;
      const record = { method, path: url, server, status: 0, bytesIn: 0, bytesOut: 0 };
      const open: OpenRecord = { ...record, authorization, duration: 0 };
      records.push(open);
      starts.set(open, performance.now());
      return open;
    },
    end(record) {
      record.duration = performance.now() - (starts.get(record) ?? 0);
      for (const listener of listeners) listener({ ...record });
    },
    list: (method = '*', pattern = /^/) =>
      records
        .filter((each) => method === '*' || each.method === method)
        .filter((each) => each.path.search(pattern) >= 0)
        .map((each) => ({ ...each })),
    clear: () => void records.splice(0),
    listen: (listener) => void listeners.push(listener),
  };
}

/** Adds up the requests since the log was cleared. */
export function summarise(
  records: readonly RequestRecord[],
  counts: Pick<Statistics, 'blobsUploaded' | 'blobsMounted'>,
): Statistics {
  const byKind: Record<string, number> = {};
  for (const { method, path } of records) {
    const kind = `${method} ${kindOf(path.split('?', 1)[0] ?? '')}`;
    byKind[kind] = (byKind[kind] ?? 0) + 1;
  }
  return {
    requests: records.length,
    byKind,
    bytesIn: records.reduce((sum, { bytesIn }) => sum + bytesIn, 0),
    bytesOut: records.reduce((sum, { bytesOut }) => sum + bytesOut, 0),
    ...counts,
  };
}

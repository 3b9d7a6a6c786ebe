import type { RequestKind } from '../event.ts';
import type { RequestBody } from './body.ts';
import type { Guard } from './guard.ts';

/** Which queue a request stands in. Uploads and downloads have one each: the body of an upload may be a download. */
export type Pool = 'metadata' | 'uploads' | 'downloads';

/** One HTTP request. */
export interface Exchange {
  readonly kind: RequestKind;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: RequestBody | undefined;
  readonly pool: Pool;
  /** Given for a host that the registry named. */
  readonly guard?: Guard | undefined;
  /** How much longer than usual the head of the answer may take, in milliseconds. */
  readonly patience?: number | undefined;
  readonly signal: AbortSignal;
}

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** An answer whose body is still on its way: it must be read or discarded. */
export interface Reply {
  readonly method: string;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets the rest of the body go. Never rejects. */
  discard(): Promise<void>;
}

/** Sends requests and gives back answers, whatever their status. Throws `TransportError`, or the signal's reason. */
export interface Wire {
  exchange(request: Exchange): Promise<Reply>;
}

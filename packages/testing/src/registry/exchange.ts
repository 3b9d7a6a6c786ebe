import type { IncomingHttpHeaders } from 'node:http';
import type { SpecError } from './refusal.ts';

/** A request, as a handler sees it. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** May be read once. Throws when the connection breaks. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The origin that the client asked, such as `http://127.0.0.1:5000`. */
  readonly origin: string;
  /** Which of the two servers was asked: the registry, or the storage that it redirects to. */
  readonly server: 'registry' | 'storage';
  /** The repository's name, where the path has one. */
  readonly repository: string;
  /** What the path ends in: a digest, a tag or an upload's id. */
  readonly reference: string;
}

/** Part of a file, to be sent as a body. */
export interface FileSlice {
  readonly path: string;
  readonly start: number;
  /** In bytes. */
  readonly size: number;
}

/** What a handler answers. `Content-Length` is added when it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Uint8Array | FileSlice;
}

/** An answer whose body is JSON. */
export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Record<string, string | string[]> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: new TextEncoder().encode(JSON.stringify(value)),
});

/** The body of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export const errorAnswer = (
  status: number,
  errors: readonly SpecError[],
  headers: Readonly<Record<string, string>> = {},
): Answer => jsonAnswer(status, { errors }, headers);

/** The answer of a registry that does not say what the digest is. */
export function withoutDigest({ headers = {}, ...rest }: Answer): Answer {
  const { 'docker-content-digest': _, ...others } = headers;
  return { ...rest, headers: others };
}

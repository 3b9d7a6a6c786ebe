import { randomBytes } from 'node:crypto';
import { type Digest, digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect } from 'vitest';
import type { Target } from './target.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Bytes | ReadableStream<Uint8Array> | string;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Bytes;
  /** Where it came from, after redirects. */
  readonly url: string;
}

// "The client SHOULD include an Accept header" (distribution-spec v1.1.1, "Pulling manifests"): distribution 2.8 has nothing for one that does not.
const accept = [...Object.values(mediaTypes), '*/*'].join(', ');

/** A repository that nothing else uses. */
export interface Repository {
  readonly name: string;
  /** Asks for a path below `/v2/<name>/`, or for a location that the registry gave. */
  ask(method: string, path: string | URL, ask?: Ask): Promise<Answer>;
  digestOf(bytes: Bytes): Digest;
}

export function newRepository({ url, algorithm, namespace, headers: own }: Target): Repository {
  const name = `${namespace ?? 'conformance'}/${randomBytes(8).toString('hex')}`;
  const base = new URL(`/v2/${name}/`, url);
  return {
    name,
    digestOf: (bytes) => digestOf(bytes, algorithm),
    async ask(method, path, { headers = {}, body } = {}) {
      const location = new URL(path, base);
      // A location on another server brings its own permission, and must not get ours.
      const mine = location.origin === base.origin ? own : {};
      const answer = await fetch(location, {
        method,
        headers: { accept, ...mine, ...headers },
        ...(body === undefined ? {} : { body, duplex: 'half' }),
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, bytes, url: answer.url };
    },
  };
}

/** The `Location` of an answer, made absolute; there must be one. */
export function locationOf({ headers, url }: Answer): URL {
  const location = headers.get('location');
  expect(location).toEqual(expect.any(String));
  return new URL(location ?? '', url);
}

/** The location with a parameter more, and every byte of it kept: its query is the registry's secret. */
export const withParameter = ({ href, search }: URL, key: string, value: string): URL =>
  new URL(`${href}${search === '' ? '?' : '&'}${key}=${encodeURIComponent(value)}`);

export const textOf = ({ bytes }: Answer): string => new TextDecoder().decode(bytes);

/** The value in a JSON body. */
export const jsonOf = (answer: Answer): unknown => JSON.parse(textOf(answer));

/** The URL that `Link` has for the next page (RFC 8288), made absolute. */
export function nextOf({ headers, url }: Answer): URL | undefined {
  const [, next] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '') ?? [];
  return next === undefined ? undefined : new URL(next, url);
}

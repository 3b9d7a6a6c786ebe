import { buffer } from 'node:stream/consumers';
import type { Credentials } from '../../credentials/credential.ts';
import { openRegistry, type Registry } from '../../registry.ts';
import { createRepository, type Repository } from '../../repository.ts';
import { createRetry } from '../../retry/retry.ts';
import { type FastClock, fastClock } from '../../test-kit/fast-clock.ts';
import type { Exchange, Reply, Wire } from '../../transport/exchange.ts';

/** A request as its host sees it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  /** As it was sent; empty if it was not. */
  readonly authorization: string;
  readonly body: string;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** An object is sent as JSON. */
  readonly body?: object | string;
}

export type Host = (seen: Seen) => HostAnswer;

/** An internet of these hosts alone: vendors go by their real names, and nothing leaves the process. */
export interface Internet {
  /** Every request so far, with the credential that it carried in clear. */
  readonly sent: string[];
  readonly clock: FastClock;
  repository(registry: string, name?: string): Repository;
}

export function openInternet(
  hosts: Readonly<Record<string, Host>>,
  credentials: Credentials = async () => undefined,
): Internet {
  const clock = fastClock();
  const sent: string[] = [];
  const wire = scriptedWire(hosts, sent);
  const report = (): void => {};
  const { signal } = new AbortController();
  const retry = createRetry({}, clock, report);
  const parts = { wire, retry, credentials, clock, report, plainHttp: false, signal };
  const registries = new Map<string, Registry>();

  return {
    sent,
    clock,
    repository(name, repository = 'ada/app') {
      const registry = registries.get(name) ?? openRegistry(name, parts);
      registries.set(name, registry);
      return createRepository(registry, { registry: name, repository });
    },
  };
}

const scriptedWire = (hosts: Readonly<Record<string, Host>>, sent: string[]): Wire => ({
  async exchange(request) {
    const { method, url, headers, guard } = request;
    await guard?.check(url);
    const body = await bodyOf(request);
    const authorization = headers.authorization ?? '';
    const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
    sent.push(lineOf(method, url, authorization, isForm ? body : ''));
    const host = hosts[url.host];
    if (host === undefined) throw new Error(`nothing is known of ${url.host}`);
    return replyOf(request, host({ method, url, authorization, body }));
  },
});

async function bodyOf({ body }: Exchange): Promise<string> {
  const content = body?.open().content ?? new Uint8Array();
  return (content instanceof Uint8Array ? Buffer.from(content) : await buffer(content)).toString();
}

function lineOf(method: string, url: URL, authorization: string, form: string): string {
  const [scheme, text = ''] = authorization.split(' ');
  const clear = scheme === 'Basic' ? Buffer.from(text, 'base64').toString() : text;
  const who = authorization === '' ? '' : ` as ${scheme} ${clear}`;
  const query = decodeURIComponent(url.search);
  const what = form === '' ? '' : ` with ${decodeURIComponent(form.replaceAll('+', ' '))}`;
  return `${method} ${url.origin}${url.pathname}${query}${who}${what}`;
}

function replyOf({ method, url }: Exchange, { status, headers = {}, body }: HostAnswer): Reply {
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  return { method, url, status, headers, body: bytes(), discard: async () => {} };
}

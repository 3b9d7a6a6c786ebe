import { resolveTarget } from '../endpoint/target.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { Exchange, Reply, Wire } from './exchange.ts';
import type { Guard } from './guard.ts';
import { headerValue } from './headers.ts';
import { redactUrl } from './redact.ts';

const maxHops = 5;

export interface FollowOptions {
  /** The only origin that sees the authorization. */
  readonly origin: URL;
  readonly authorization: string | undefined;
  /** Asked about every other origin. */
  readonly guard: Guard;
  /** True to ask it about this origin too: a registry named it. */
  readonly guardOrigin?: boolean;
  /** False to stay on the origin. */
  readonly leave?: boolean;
}

/** Sends a request and follows its redirects. Once it has left the origin, it goes without credentials to its end. */
export async function follow(
  wire: Wire,
  request: Exchange,
  { origin, authorization, guard, guardOrigin = false, leave = true }: FollowOptions,
): Promise<Reply> {
  let { url } = request;
  let own = true;
  for (let hops = 0; hops <= maxHops; hops += 1) {
    own &&= url.origin === origin.origin;
    const headers =
      own && authorization !== undefined ? { ...request.headers, authorization } : request.headers;
    const reply = await wire.exchange({
      ...request,
      url,
      headers,
      guard: own && !guardOrigin ? undefined : guard,
    });
    const location = redirectOf(reply);
    if (location === undefined) return reply;
    await reply.discard();
    url = resolveTarget(location, url, 'the redirect');
    if (!leave && url.origin !== origin.origin) {
      throw new ProtocolError(`${redactUrl(reply.url)} redirects to another host: ${url.host}`);
    }
  }
  throw new ProtocolError(`${redactUrl(request.url)} redirects more than ${maxHops} times`);
}

// 301 to 303 turn a request with a body into a GET, which is never what was meant here.
function redirectOf({ method, status, headers }: Reply): string | undefined {
  const read = method === 'GET' || method === 'HEAD';
  const redirects = read ? [301, 302, 303, 307, 308] : [307, 308];
  return redirects.includes(status) ? headerValue(headers, 'location') : undefined;
}

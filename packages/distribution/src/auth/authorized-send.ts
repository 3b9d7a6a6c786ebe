import type { Exchange, Reply, Wire } from '../transport/exchange.ts';
import { follow } from '../transport/follow.ts';
import type { Guard } from '../transport/guard.ts';
import { headerValues } from '../transport/headers.ts';
import { holdRefusal } from '../transport/refusal.ts';
import type { Authorizer, Need } from './authorizer.ts';
import { createGate } from './gate.ts';
import { formatScopes } from './scope.ts';

export interface AuthorizedSendParts {
  readonly wire: Wire;
  readonly origin: URL;
  readonly guard: Guard;
  readonly authorizer: Authorizer;
}

/**
 * Sends requests to a registry with what it wants to see, and once more if it turns out to want something else.
 * A URL on another origin gets no credentials, and a 401 from there no answer.
 */
export function createAuthorizedSend(
  parts: AuthorizedSendParts,
): (request: Exchange & Need) => Promise<Reply> {
  const { wire, origin, guard, authorizer } = parts;
  const gate = createGate();
  const send = (request: Exchange, authorization: string | undefined): Promise<Reply> =>
    follow(wire, request, { origin, authorization, guard });

  return async (request) => {
    if (request.url.origin !== origin.origin) return send(request, undefined);
    const leave = await gate.enter(formatScopes(request.scopes).join(' '), request.signal);
    try {
      const authorization = await authorizer.prepare(request);
      const reply = await send(request, authorization);
      if (reply.status !== 401 || reply.url.origin !== origin.origin) return reply;
      // It must not hold a turn: the token is asked for in the same queue.
      const refusal = await holdRefusal(reply);
      const challenges = headerValues(refusal.headers, 'www-authenticate');
      const better = await authorizer.answer(challenges, authorization, request);
      if (better === undefined) return refusal;
      leave();
      return await send(request, better);
    } finally {
      leave();
    }
  };
}

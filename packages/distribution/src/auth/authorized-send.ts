import type { Exchange, Reply, Wire } from '../transport/exchange.ts';
import { follow } from '../transport/follow.ts';
import type { Guard } from '../transport/guard.ts';
import { headerValues } from '../transport/headers.ts';
import { holdRefusal } from '../transport/refusal.ts';
import type { Authorizer, Need, Prepared } from './authorizer.ts';
import { createGate } from './gate.ts';
import { formatScopes } from './scope.ts';
import { untilAborted } from './until-aborted.ts';

export interface AuthorizedSendParts {
  readonly wire: Wire;
  readonly origin: URL;
  readonly guard: Guard;
  readonly authorizer: Authorizer;
}

interface Turn extends Prepared {
  /** Lets those go on that wait to see how the registry answers. */
  readonly leave: () => void;
}

/**
 * Sends requests to a registry with what it wants to see, and once more if it turns out to want something else.
 * A URL on another origin gets no credentials, and a 401 from there no answer.
 */
export function createAuthorizedSend(
  parts: AuthorizedSendParts,
): (request: Exchange & Need) => Promise<Reply> {
  const { wire, origin, guard, authorizer } = parts;
  const takeTurn = createTurns(authorizer);
  const send = (request: Exchange, authorization: string | undefined): Promise<Reply> =>
    follow(wire, request, { origin, authorization, guard });

  return async (request) => {
    if (request.url.origin !== origin.origin) return send(request, undefined);
    const { authorization, basis, leave } = await takeTurn(request);
    try {
      const reply = await send(request, authorization);
      const isRefused = reply.status === 401 || (reply.status === 403 && basis === 'guess');
      if (!isRefused || reply.url.origin !== origin.origin) return reply;
      // It must not hold a turn: the token is asked for in the same queue.
      const refusal = await holdRefusal(reply);
      const { status, headers } = refusal;
      const challenges = headerValues(headers, 'www-authenticate');
      const answer = authorizer.answer({ status, challenges }, authorization, request);
      const better = await untilAborted(answer, request.signal);
      if (better === undefined) return refusal;
      leave();
      return await send(request, better);
    } finally {
      leave();
    }
  };
}

/** As long as it is not known what the registry wants, one request goes ahead: the first of all, then the first of its scopes. */
function createTurns(authorizer: Authorizer): (request: Exchange & Need) => Promise<Turn> {
  const gate = createGate();

  return async (request) => {
    const { scopes, signal } = request;
    const exits: (() => void)[] = [];
    const leave = (): void => exits.forEach((exit) => void exit());
    try {
      for (const key of ['', formatScopes(scopes).join(' ')]) {
        const prepared = await untilAborted(authorizer.prepare(request), signal);
        if (prepared.basis === 'known') return { ...prepared, leave };
        exits.unshift(await gate.enter(key, signal));
      }
      return { ...(await untilAborted(authorizer.prepare(request), signal)), leave };
    } catch (error) {
      leave();
      throw error;
    }
  };
}

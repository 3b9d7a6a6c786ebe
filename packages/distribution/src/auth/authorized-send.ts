import type { Exchange, Reply, Wire } from '../transport/exchange.ts';
import { follow } from '../transport/follow.ts';
import type { Guard } from '../transport/guard.ts';
import { headerValues } from '../transport/headers.ts';
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
      const better = await answerTo(authorizer, reply, authorization, request);
      if (better === undefined) return reply;
      leave();
      return await send(request, better);
    } finally {
      leave();
    }
  };
}

async function answerTo(
  authorizer: Authorizer,
  reply: Reply,
  sent: string | undefined,
  need: Need,
): Promise<string | undefined> {
  const challenges = headerValues(reply.headers, 'www-authenticate');
  let better: string | undefined;
  try {
    better = await authorizer.answer(challenges, sent, need);
  } catch (error) {
    await reply.discard();
    throw error;
  }
  if (better !== undefined) await reply.discard();
  return better;
}

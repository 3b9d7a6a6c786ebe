import type { Credentials } from '../credentials/credential.ts';
import { AuthError } from '../error/auth-error.ts';
import type { Clock } from '../retry/clock.ts';
import type { Wire } from '../transport/exchange.ts';
import type { Guard } from '../transport/guard.ts';
import { basicFor } from './basic.ts';
import { createBearer } from './bearer.ts';
import { rememberCredentials } from './remember-credentials.ts';
import { askedScheme, assumedScheme, type Scheme } from './scheme.ts';
import type { Scope } from './scope.ts';

export interface AuthorizerOptions {
  readonly registry: string;
  readonly origin: URL;
  readonly credentials: Credentials;
  readonly wire: Wire;
  readonly guard: Guard;
  readonly clock: Clock;
  /** The client's: a token is for all that wait for it, not for the first alone. */
  readonly signal: AbortSignal;
}

/** What a request needs; the first scope is that of its own repository. */
export interface Need {
  readonly scopes: readonly Scope[];
  /** How long a token must be good for, in milliseconds. */
  readonly life?: number | undefined;
}

/** What to send, and what it rests on: `known` is what the registry wants, `guess` what it may take as well. */
export interface Prepared {
  readonly authorization: string | undefined;
  readonly basis: 'nothing' | 'guess' | 'known';
}

/** The parts of an answer that count. */
export interface Refusal {
  readonly status: number;
  /** The values of its `WWW-Authenticate` headers. */
  readonly challenges: readonly string[];
}

/** Knows what to send to one registry as `Authorization`. */
export interface Authorizer {
  /** What to send at once. */
  prepare(need: Need): Promise<Prepared>;
  /** What to send after a 401 to `sent`, or a 403 to a guess; undefined if there is nothing better. Throws `AuthError`. */
  answer(refusal: Refusal, sent: string | undefined, need: Need): Promise<string | undefined>;
  /** True if requests to this repository go without a user. */
  isAnonymous(need: Need): Promise<boolean>;
}

const nothing: Prepared = { authorization: undefined, basis: 'nothing' };

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { registry, origin, signal } = options;
  const credentialOf = rememberCredentials(options.credentials, registry, options.clock);
  const parts = { ...options, credentialOf };
  const bearer = createBearer(parts);
  let scheme = assumedScheme(registry, origin);

  const prepareAssumed = async (
    assumed: Exclude<Scheme, { kind: 'basic' }>,
    need: Need,
  ): Promise<Prepared> => {
    const credential = await credentialOf(need.scopes);
    if (credential === undefined && !assumed.anonymous) return nothing;
    if (assumed.kind === 'direct' && credential !== undefined && 'username' in credential) {
      const secret = Buffer.from(credential.password, 'utf8').toString('base64');
      return { authorization: `Bearer ${secret}`, basis: 'guess' };
    }
    try {
      return { authorization: await bearer.header(assumed.server, need), basis: 'known' };
    } catch {
      // The registry itself says better whom to ask, and whether it must be.
      signal.throwIfAborted();
      if (scheme === assumed) scheme = undefined;
      return nothing;
    }
  };

  const answerBearer = async (
    sent: string | undefined,
    need: Need,
  ): Promise<string | undefined> => {
    if (scheme?.kind !== 'bearer') return undefined;
    const header = await bearer.header(scheme.server, need);
    return header === sent ? undefined : header;
  };

  return {
    async prepare(need) {
      if (scheme === undefined) return nothing;
      if (scheme.kind === 'basic') {
        const credential = await credentialOf(need.scopes);
        // Without a user it may still be allowed to read.
        if (credential === undefined) return { authorization: undefined, basis: 'known' };
        if (!scheme.asked && !('username' in credential)) return nothing;
        return { authorization: await basicFor(parts, need), basis: 'known' };
      }
      if (scheme.kind === 'direct' || !scheme.asked) return prepareAssumed(scheme, need);
      return { authorization: await bearer.header(scheme.server, need), basis: 'known' };
    },

    async answer({ status, challenges }, sent, need) {
      const asked = askedScheme(challenges, registry, origin);
      if (asked === undefined) {
        if (scheme?.kind === 'direct') scheme = { ...scheme, kind: 'bearer', asked: true };
        if (!bearer.refused(sent, need, { scopes: [], error: undefined })) return undefined;
        // Where even a token is refused, what was said of the guess says more.
        return answerBearer(sent, need).catch((error) => {
          if (status === 403 && error instanceof AuthError) return undefined;
          throw error;
        });
      }
      scheme = asked.scheme;
      if (scheme.kind === 'basic') {
        const header = await basicFor(parts, need);
        return header === sent ? undefined : header;
      }
      if (!bearer.refused(sent, need, asked)) return undefined;
      return answerBearer(sent, need);
    },

    isAnonymous: async (need) => (await credentialOf(need.scopes)) === undefined,
  };
}

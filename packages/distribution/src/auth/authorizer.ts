import type { Credentials } from '../credentials/credential.ts';
import { isConfidential } from '../endpoint/origin.ts';
import { AuthError } from '../error/auth-error.ts';
import type { Clock } from '../retry/clock.ts';
import type { Wire } from '../transport/exchange.ts';
import type { Guard } from '../transport/guard.ts';
import { basicHeader } from './basic.ts';
import { createBearer } from './bearer.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { parseRealm } from './realm.ts';
import { rememberCredentials } from './remember-credentials.ts';
import { mergeScopes, parseScopes, type Scope } from './scope.ts';
import type { TokenServer } from './token.ts';

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

/** Knows what to send to one registry as `Authorization`. */
export interface Authorizer {
  /** What to send at once; undefined as long as the registry has asked for nothing. */
  prepare(need: Need): Promise<string | undefined>;
  /** What to send after a 401 to `sent`; undefined if there is nothing better. Throws `AuthError`. */
  answer(
    challenges: readonly string[],
    sent: string | undefined,
    need: Need,
  ): Promise<string | undefined>;
  /** True if requests to this repository go without a user. */
  isAnonymous(need: Need): Promise<boolean>;
}

/** What the registry was found to want. */
type Scheme =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly server: TokenServer };

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { registry, origin } = options;
  const credentialOf = rememberCredentials(options.credentials, registry);
  const bearer = createBearer({ ...options, credentialOf });
  let scheme: Scheme | undefined;

  const basic = async (need: Need): Promise<string> => {
    if (!isConfidential(origin)) {
      const what = `registry ${registry} asks for a password over plain http`;
      throw new AuthError('CHALLENGE_UNSUPPORTED', what);
    }
    const credential = await credentialOf(need.scopes);
    if (credential !== undefined && 'username' in credential) return basicHeader(credential);
    const what = credential === undefined ? 'there is none' : 'there is only a token';
    throw new AuthError(
      'NO_CREDENTIALS',
      `registry ${registry} asks for a user name and a password, and ${what}`,
    );
  };

  return {
    async prepare(need) {
      if (scheme === undefined) return undefined;
      if (scheme.kind === 'bearer') return bearer.header(scheme.server, need);
      // Without a user it may still be allowed to read.
      return (await credentialOf(need.scopes)) === undefined ? undefined : basic(need);
    },
    async answer(headers, sent, need) {
      const challenges = parseChallenges(headers);
      if (challenges.length === 0) return undefined;
      const { scheme: name, parameters } = choose(challenges, registry);
      if (name === 'basic') {
        scheme = { kind: 'basic' };
        const header = await basic(need);
        return header === sent ? undefined : header;
      }
      const realm = parseRealm(parameters.get('realm') ?? '', origin);
      const server = { realm, service: parameters.get('service') };
      scheme = { kind: 'bearer', server };
      bearer.refused(sent);
      const asked = parseScopes(parameters.get('scope'));
      const scopes = mergeScopes([...need.scopes, ...asked]);
      const header = await bearer.header(server, { ...need, scopes });
      return header === sent ? undefined : header;
    },
    isAnonymous: async (need) => (await credentialOf(need.scopes)) === undefined,
  };
}

function choose(challenges: readonly Challenge[], registry: string): Challenge {
  const usable =
    challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm')) ??
    challenges.find(({ scheme }) => scheme === 'basic');
  if (usable !== undefined) return usable;
  const offered = challenges.map(({ scheme }) => scheme).join(', ');
  throw new AuthError(
    'CHALLENGE_UNSUPPORTED',
    `registry ${registry} asks for authentication by ${offered}`,
  );
}

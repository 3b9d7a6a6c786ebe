import { AuthError } from '../error/auth-error.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { knownRegistry } from './known-registry.ts';
import { parseRealm } from './realm.ts';
import { parseScopes, type Scope } from './scope.ts';
import type { TokenServer } from './token.ts';

/** How a registry wants to be asked. */
export type Scheme =
  | {
      readonly kind: 'basic';
      /** False of what is assumed: the registry has not said so. */
      readonly asked: boolean;
    }
  | {
      readonly kind: 'bearer';
      readonly asked: boolean;
      readonly server: TokenServer;
      /** Where it is assumed: whether those without a user need a token too. */
      readonly anonymous: boolean;
    }
  /** The user's secret in the place of a token; a token where that is refused. */
  | { readonly kind: 'direct'; readonly server: TokenServer; readonly anonymous: boolean };

/** What to begin with; undefined for a registry that is not known, and for any that would be asked over plain http. */
export function assumedScheme(registry: string, origin: URL): Scheme | undefined {
  const known = origin.protocol === 'https:' ? knownRegistry(registry) : undefined;
  if (known === undefined) return undefined;
  if (known.kind === 'basic') return { kind: 'basic', asked: false };
  const { server, anonymous } = known;
  return known.direct
    ? { kind: 'direct', server, anonymous }
    : { kind: 'bearer', asked: false, server, anonymous };
}

/** What the challenges of a 401 ask for. */
export interface Asked {
  readonly scheme: Extract<Scheme, { asked: boolean }>;
  readonly scopes: readonly Scope[];
  /** Such as `insufficient_scope`: https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
  readonly error: string | undefined;
}

/** Reads the challenges of a registry; undefined if there are none. Throws `AuthError` for those that cannot be met. */
export function askedScheme(
  headers: readonly string[],
  registry: string,
  origin: URL,
): Asked | undefined {
  const challenges = parseChallenges(headers);
  if (challenges.length === 0) return undefined;
  const { scheme, parameters } = choose(challenges, registry);
  if (scheme === 'basic') {
    return { scheme: { kind: 'basic', asked: true }, scopes: [], error: undefined };
  }
  const realm = parseRealm(parameters.get('realm') ?? '', origin);
  const server = { realm, service: parameters.get('service') };
  return {
    scheme: { kind: 'bearer', asked: true, server, anonymous: true },
    scopes: parseScopes(parameters.get('scope')),
    error: parameters.get('error'),
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

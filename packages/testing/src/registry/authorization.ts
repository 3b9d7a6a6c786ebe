import { timingSafeEqual } from 'node:crypto';
import type { Exchange } from './exchange.ts';
import { refusal } from './refusal.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** What a token or a request is about, in the words of the token specification's scopes. */
export interface Access {
  readonly repository: string;
  readonly actions: readonly string[];
}

/** How a registry wants to be asked. `pull: 'anonymous'` lets anybody read. */
export type Auth =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'basic';
      readonly username: string;
      readonly password: string;
      readonly pull?: 'anonymous';
    }
  | {
      readonly kind: 'bearer';
      readonly username: string;
      readonly password: string;
      readonly pull?: 'anonymous';
      /** Life of a token in seconds, 300 by default. */
      readonly expiresIn?: number;
      /** What the challenge calls the registry; its host by default. */
      readonly service?: string;
      /** Takes `Bearer <base64 of the password>` with no exchange, as ghcr.io does. */
      readonly direct?: boolean;
      /** The only name that an answer gives the token; both by default. */
      readonly tokenField?: 'token' | 'access_token';
      /** Refuses the POST of a password with that status, by which clients fall back to a GET. */
      readonly passwordGrantStatus?: number;
    };

/** Decides who may do what. */
export interface Authority {
  readonly auth: Exclude<Auth, { kind: 'none' }>;
  readonly tokens: Tokens;
}

export const createAuthority = (auth: Auth): Authority | undefined =>
  auth.kind === 'none'
    ? undefined
    : { auth, tokens: createTokens(auth.kind === 'bearer' ? auth.expiresIn : undefined) };

/** Throws a 401 with a challenge unless the request may do all of that. A ping wants no access, but credentials. */
export function authorize(
  authority: Authority | undefined,
  exchange: Exchange,
  accesses: readonly Access[],
): void {
  if (authority === undefined) return;
  if (authority.auth.kind === 'basic') authorizeBasic(authority, exchange, accesses);
  else authorizeBearer(authority, exchange, accesses);
}

function authorizeBasic(
  { auth }: Authority,
  exchange: Exchange,
  accesses: readonly Access[],
): void {
  const { authorization } = exchange.headers;
  const isOpen = authorization === undefined && accesses.length > 0 && isPull(accesses);
  if (isOpen && auth.pull === 'anonymous') return;
  if (hasCredentials(auth, authorization)) return;
  throw refusal(401, 'UNAUTHORIZED', 'the request needs the right username and password', {
    'www-authenticate': 'Basic realm="embedded registry"',
  });
}

function authorizeBearer(
  { auth, tokens }: Authority,
  exchange: Exchange,
  accesses: readonly Access[],
): void {
  const token = /^Bearer (.+)$/i.exec(exchange.headers.authorization ?? '')?.[1];
  if (token !== undefined && isDirect(auth, token)) return;
  const granted = token === undefined ? undefined : tokens.grantsOf(token);
  if (granted !== undefined && accesses.every((access) => covers(granted, access))) return;
  const error =
    token === undefined
      ? undefined
      : granted === undefined
        ? 'invalid_token'
        : 'insufficient_scope';
  throw refusal(401, 'UNAUTHORIZED', `the request needs a token: ${error ?? 'it has none'}`, {
    'www-authenticate': bearerChallenge(auth, exchange, accesses, error),
  });
}

const isDirect = (auth: Authority['auth'], token: string): boolean =>
  auth.kind === 'bearer' &&
  auth.direct === true &&
  sameText(Buffer.from(token, 'base64').toString(), auth.password);

function bearerChallenge(
  auth: Authority['auth'],
  { origin, headers }: Exchange,
  accesses: readonly Access[],
  error: string | undefined,
): string {
  const scope = accesses
    .map(({ repository, actions }) => `repository:${repository}:${actions.join(',')}`)
    .join(' ');
  const service = (auth.kind === 'bearer' && auth.service) || headers.host;
  const parameters = { realm: `${origin}/token`, service, scope, error };
  const written = Object.entries(parameters).filter(([, value]) => value);
  return `Bearer ${written.map(([key, value]) => `${key}="${value}"`).join(',')}`;
}

const covers = (granted: readonly Access[], { repository, actions }: Access): boolean =>
  actions.every((action) =>
    granted.some((grant) => grant.repository === repository && grant.actions.includes(action)),
  );

/** Whether anybody might do that where pulls are open. */
const isPull = (accesses: readonly Access[]): boolean =>
  accesses.every(({ actions }) => actions.every((action) => action === 'pull'));

/** Checks an `Authorization` of RFC 7617. */
export function hasCredentials(
  { username, password }: { readonly username: string; readonly password: string },
  authorization: string | undefined,
): boolean {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return false;
  return sameText(Buffer.from(encoded, 'base64').toString(), `${username}:${password}`);
}

/** Compares secrets. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.byteLength === right.byteLength && timingSafeEqual(left, right);
}

import { type Access, type Authority, hasCredentials, sameText } from './authorization.ts';
import { type Answer, type Exchange, jsonAnswer } from './exchange.ts';
import { readBody } from './read-body.ts';
import { refusal } from './refusal.ts';
import type { State } from './state.ts';

/** In bytes. */
const maxForm = 64 * 1024;

/** GET of a token with basic credentials, or none where pulls are open: the "token" half of the Docker token specification. */
export function getToken(state: State, exchange: Exchange): Answer {
  const authority = bearerAuthority(state);
  const { authorization } = exchange.headers;
  const isKnown = hasCredentials(authority.auth, authorization);
  if (!isKnown && (authorization !== undefined || authority.auth.pull !== 'anonymous')) {
    throw refused('the token endpoint needs the right username and password');
  }
  const scopes = exchange.query.getAll('scope').flatMap((scope) => scope.split(' '));
  return tokenAnswer(authority, isKnown ? parseScopes(scopes) : pullOnly(parseScopes(scopes)), {
    refreshable: isKnown && exchange.query.get('offline_token') === 'true',
  });
}

/** POST of a refresh token or a password: the "oauth2" half. */
export async function postToken(state: State, exchange: Exchange): Promise<Answer> {
  const authority = bearerAuthority(state);
  const form = new URLSearchParams(Buffer.from(await readBody(exchange, maxForm)).toString());
  refusePassword(authority, form);
  if (!isGranted(authority, form)) throw refused('the grant is not known to the token endpoint');
  return tokenAnswer(authority, parseScopes(form.get('scope')?.split(' ') ?? []), {
    refreshable: form.get('access_type') === 'offline',
  });
}

function bearerAuthority({ authority }: State): Authority {
  if (authority?.auth.kind !== 'bearer') {
    throw refusal(404, 'UNSUPPORTED', 'this registry has no token endpoint');
  }
  return authority;
}

function refusePassword({ auth }: Authority, form: URLSearchParams): void {
  const status = auth.kind === 'bearer' ? auth.passwordGrantStatus : undefined;
  if (status === undefined || form.get('grant_type') !== 'password') return;
  throw refusal(status, 'UNSUPPORTED', 'the token endpoint takes no password in a POST');
}

function isGranted({ auth, tokens }: Authority, form: URLSearchParams): boolean {
  const text = (key: string): string => form.get(key) ?? '';
  if (text('grant_type') === 'refresh_token') return tokens.isRefreshToken(text('refresh_token'));
  if (text('grant_type') !== 'password') return false;
  return sameText(text('username'), auth.username) && sameText(text('password'), auth.password);
}

/** Reads `repository:<name>:<actions>`; what is written otherwise grants nothing. */
function parseScopes(scopes: readonly string[]): Access[] {
  return scopes.flatMap((scope) => {
    const [, repository, actions] = /^repository:(.+):([a-z*,]+)$/.exec(scope) ?? [];
    if (repository === undefined || actions === undefined) return [];
    return [{ repository, actions: actions.split(',') }];
  });
}

const pullOnly = (accesses: readonly Access[]): Access[] =>
  accesses.map(({ repository, actions }) => ({
    repository,
    actions: actions.filter((action) => action === 'pull'),
  }));

function tokenAnswer(
  { auth, tokens }: Authority,
  granted: readonly Access[],
  { refreshable }: { refreshable: boolean },
): Answer {
  const { token, expiresIn, issuedAt } = tokens.issue(granted);
  return jsonAnswer(200, {
    ...namesOf(auth, token),
    expires_in: expiresIn,
    issued_at: issuedAt.toISOString(),
    ...(refreshable ? { refresh_token: tokens.issueRefreshToken() } : {}),
  });
}

function namesOf(auth: Authority['auth'], token: string): Record<string, string> {
  const field = auth.kind === 'bearer' ? auth.tokenField : undefined;
  return field === undefined ? { token, access_token: token } : { [field]: token };
}

const refused = (message: string) =>
  refusal(401, 'UNAUTHORIZED', message, { 'www-authenticate': 'Basic realm="embedded registry"' });

import { setTimeout as sleep } from 'node:timers/promises';
import { OciError } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';
import type { Secrets } from './secrets.ts';

/** GitHub gave no id token, which is what a job proves with who it is. */
export class IdentityTokenError extends OciError {
  override readonly name = 'IdentityTokenError';
  readonly code = 'ID_TOKEN';
}

export interface IdentityTokenOptions {
  /** With `ACTIONS_ID_TOKEN_REQUEST_URL` and `_TOKEN`, which a job without `id-token: write` has not. */
  readonly env: RunContext['env'];
  /** Are told of the token before anybody else. */
  readonly secrets: Secrets;
  /** Whom the token is for; `sigstore` when not given. */
  readonly audience?: string | undefined;
  /** In milliseconds, with the retries; 30000 when not given. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const attempts = 4;
/** The most bytes of an answer that are read; a token has some 2 KiB. */
const maxAnswer = 64 * 1024;

/**
 * Asks GitHub for a token of this job, again where it is busy; throws `ID_TOKEN`.
 * https://docs.github.com/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 */
export async function githubIdentityToken(options: IdentityTokenOptions): Promise<string> {
  const { secrets, timeout = 30_000, signal } = options;
  const request = requestOf(options);
  secrets.add(request.bearer);
  const attemptMs = timeout / attempts;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(request, attemptMs, signal);
    signal?.throwIfAborted();
    if (typeof outcome === 'string') {
      secrets.add(outcome);
      return outcome;
    }
    if (attempt === attempts) throw outcome;
    const pause = Math.min(250 * 2 ** attempt, attemptMs / 2);
    await sleep(pause, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

interface TokenRequest {
  readonly url: URL;
  readonly bearer: string;
}

function requestOf({ env, audience = 'sigstore' }: IdentityTokenOptions): TokenRequest {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!address || !bearer) {
    throw new IdentityTokenError('this job may not ask GitHub for an id token', {
      hint: noPermission,
    });
  }
  const url = URL.parse(address);
  if (url === null) throw new IdentityTokenError('ACTIONS_ID_TOKEN_REQUEST_URL is no URL');
  url.searchParams.set('audience', audience);
  return { url, bearer };
}

const noPermission =
  'Add "permissions: id-token: write" to the job, and to the job that calls its workflow; in a pull request from a fork GitHub gives no id token: sign with a key there, or not at all.';
const again = 'Run the job again; look at https://www.githubstatus.com if it stays.';

// What may go away is given back, what stays is thrown.
async function tryOnce(
  { url, bearer }: TokenRequest,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<string | IdentityTokenError> {
  const limit = AbortSignal.timeout(Math.ceil(milliseconds));
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
      redirect: 'manual',
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    return response.ok ? await tokenIn(response, url) : refused(response, url);
  } catch (error) {
    if (error instanceof IdentityTokenError) throw error;
    const what = limit.aborted
      ? `did not answer within ${(milliseconds / 1000).toFixed(1)} s`
      : 'cannot be reached';
    return new IdentityTokenError(`GitHub's issuer of id tokens at ${url.host} ${what}`, {
      cause: error,
      hint: again,
    });
  }
}

function refused({ status }: Response, { host }: URL): IdentityTokenError {
  const message = `GitHub's issuer of id tokens at ${host} answered with ${status}`;
  if (status === 429 || status >= 500) return new IdentityTokenError(message, { hint: again });
  throw new IdentityTokenError(message, { hint: noPermission });
}

async function tokenIn({ body }: Response, { host }: URL): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > maxAnswer) break;
  }
  const token = valueIn(text);
  if (token !== undefined) return token;
  throw new IdentityTokenError(
    `GitHub's issuer of id tokens at ${host} answered with something else than a token`,
    { hint: again },
  );
}

// A parser's own words would quote the token.
function valueIn(text: string): string | undefined {
  try {
    const { value } = JSON.parse(text);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}

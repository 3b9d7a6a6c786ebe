import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { githubIssuer, signIdToken } from './id-token.ts';
import type { JsonObject } from './json.ts';

/** What a job that may ask for tokens is given: `ACTIONS_ID_TOKEN_REQUEST_URL` and `_TOKEN`. */
export interface IdTokenAccess {
  readonly url: string;
  readonly token: string;
}

/** GitHub's issuer of OpenID Connect tokens, on a port of this machine. */
export interface IdTokenService extends AsyncDisposable {
  /** Admits a job, whose tokens will have these claims. */
  admit(claims: JsonObject): IdTokenAccess;
  /** Refuses the next requests with a status; for ever when `times` is not given. */
  fail(fault: { readonly status: number; readonly times?: number }): void;
  /** Changes claims of all tokens from now on: another issuer, an hour of the past. */
  claim(claims: JsonObject): void;
  /** The audiences that were asked for, in order; those of refused requests too. */
  requests(): readonly string[];
}

interface State {
  readonly admitted: Map<string, JsonObject>;
  readonly audiences: string[];
  claims: JsonObject;
  fault: { readonly status: number; left: number };
}

/** Starts the service on 127.0.0.1; it stops when disposed of. */
export async function startIdTokenService(): Promise<IdTokenService> {
  const state: State = {
    admitted: new Map(),
    audiences: [],
    claims: {},
    fault: { status: 0, left: 0 },
  };
  const server = createServer((request, response) => answer(state, request, response));
  const origin = await listen(server);
  return {
    admit(claims) {
      const token = randomBytes(32).toString('base64url');
      state.admitted.set(token, claims);
      // GitHub's address has a query already, to which the audience is added.
      return { url: `${origin}/idtoken?api-version=2.0`, token };
    },
    fail({ status, times = Number.POSITIVE_INFINITY }) {
      state.fault = { status, left: times };
    },
    claim(claims) {
      state.claims = { ...state.claims, ...claims };
    },
    requests: () => state.audiences,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(state: State, request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, token = ''] = /^bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const claims = state.admitted.get(token);
  const audience = searchParams.get('audience') ?? `https://github.com/${claims?.repository_owner}`;
  state.audiences.push(audience);
  if (state.fault.left > 0) {
    state.fault.left -= 1;
    send(response, state.fault.status, { message: 'this failure was asked for' });
  } else if (request.method !== 'GET' || claims === undefined) {
    send(response, 401, { message: 'Bad credentials' });
  } else {
    const value = signIdToken({ iss: githubIssuer, ...claims, aud: audience, ...state.claims });
    send(response, 200, { count: value.length, value });
  }
}

function send(response: ServerResponse, status: number, body: JsonObject): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Listens without keeping the process alive. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
}

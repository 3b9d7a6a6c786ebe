import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Reply, type Request, refusal, type SigstoreFault } from './fault.ts';

/** A service on a port of this machine. */
export interface Served extends AsyncDisposable {
  /** The origin, without a slash. */
  readonly url: string;
  /** Makes the next requests fail; for ever when `times` is not given. */
  fail(fault: SigstoreFault, times?: number): void;
  /** What was asked for, as `POST /path`. */
  requests(): readonly string[];
}

/** Starts a service on 127.0.0.1 that answers with what `reply` gives. */
export async function serve(
  reply: (request: Request, url: string) => Promise<Reply>,
): Promise<Served> {
  const asked: string[] = [];
  const state: { fault: SigstoreFault | undefined; left: number } = { fault: undefined, left: 0 };
  const server = createServer(async (request, response) => {
    const { method = 'GET', url: path = '/' } = request;
    asked.push(`${method} ${path}`);
    const fault = state.left > 0 ? state.fault : undefined;
    state.left -= 1;
    try {
      const body = await text(request);
      const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const asked = { method, path, body, bearer, fault };
      const given = await respond(request, fault, () => reply(asked, url));
      if (given !== undefined) send(response, given);
    } catch (error) {
      send(response, refusal(500, String(error)));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
  return {
    url,
    fail: (fault, times = Number.POSITIVE_INFINITY) => Object.assign(state, { fault, left: times }),
    requests: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(
  request: IncomingMessage,
  fault: SigstoreFault | undefined,
  reply: () => Promise<Reply>,
): Promise<Reply | undefined> {
  if (fault === 'slow') return undefined;
  if (fault === 'down') {
    request.socket.resetAndDestroy();
    return undefined;
  }
  if (fault === 'lost') {
    await reply();
    request.socket.resetAndDestroy();
    return undefined;
  }
  if (fault === 'garbage') return { status: 201, body: '<html>welcome</html>' };
  return typeof fault === 'number' ? refusal(fault, 'this failure was asked for') : reply();
}

function send(response: ServerResponse, reply: Reply): void {
  const { status, body, contentType = 'text/plain', location } = reply;
  // Where an entry is, its id last; cosign finds the entry by that in the answer.
  const more = location === undefined ? {} : { location, etag: location.split('/').at(-1) };
  response.writeHead(status, { 'content-type': contentType, ...more }).end(body);
}

import { once } from 'node:events';
import {
  request as ask,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What the registry answered, for a fault to spoil. */
export interface Honest {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Uint8Array;
}

/** A request that is about to go wrong. */
export interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Origin of the gate, as the client knows it. */
  readonly origin: string;
  /** Passes the request on, and gives what the registry answers. */
  honest(): Promise<Honest>;
}

export type Spoil = (turn: Turn) => void | Promise<void>;

/** A server between a client and a registry, for faults that the registry cannot have by itself. */
export interface Gate extends AsyncDisposable {
  readonly host: string;
  /** From now on requests go wrong, until so many of them have. */
  close(times: number): void;
}

export interface GateOptions {
  /** Host of the registry behind it. */
  readonly behind: string;
  readonly method: string;
  readonly path: RegExp;
  /** What becomes of matching requests; all others are passed on. */
  readonly spoil: Spoil;
}

/** Starts a gate on loopback. The registry behind it believes to be asked itself, so that its locations lead back here. */
export async function startGate(options: GateOptions): Promise<Gate> {
  let left = 0;
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    const matches = method === options.method && url.search(options.path) >= 0;
    const spoil = matches && left > 0 ? options.spoil : pass;
    if (matches) left -= 1;
    const honest = (): Promise<Honest> => passOn(request, options.behind);
    const origin = `http://${request.headers.host}`;
    // A client that has gone is nobody to tell.
    Promise.resolve(spoil({ request, response, origin, honest })).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    close: (times) => {
      left = times;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const pass: Spoil = async ({ response, honest }) => {
  const { status, headers, body } = await honest();
  response.writeHead(status, headers).end(body);
};

async function passOn(request: IncomingMessage, behind: string): Promise<Honest> {
  const { method, url: path, headers } = request;
  const [hostname, port] = behind.split(':');
  const asked = ask({ hostname, port, method, path, headers, agent: false });
  asked.end(await buffer(request));
  const answers: IncomingMessage[] = await once(asked, 'response');
  const answer = answers[0] ?? request;
  // What is between the gate and the registry says nothing of what is between the client and the gate.
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...others } = answer.headers;
  return { status: answer.statusCode ?? 0, headers: others, body: await buffer(answer) };
}

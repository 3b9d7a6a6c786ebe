import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server that does what a test says, for what no honest registry does. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  /** What it was asked so far. */
  readonly requests: { method: string; url: string; authorization: string | undefined }[];
}

export type Script = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export async function startScript(script: Script): Promise<ScriptedServer> {
  const requests: ScriptedServer['requests'] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, authorization: headers.authorization });
    void script(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

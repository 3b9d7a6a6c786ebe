import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A connection to a server that can be told to break. */
export interface BreakingProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT`, which stands in for the server. */
  readonly host: string;
  /** Ends the connection of the next request that starts so, once that many bytes of its answer have passed. */
  breakNext(request: string, after: number): void;
}

interface Break {
  readonly request: string;
  readonly after: number;
}

/** Passes on everything to the server and back, until it is told to break. */
export async function startBreakingProxy(server: string): Promise<BreakingProxy> {
  const { hostname, port } = new URL(`http://${server}`);
  const breaks: Break[] = [];
  const open = new Set<Socket>();
  const proxy = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // Either end may break at any time: then the other one goes as well.
      socket.on('error', () => undefined);
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    pass(near, far, breaks);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  return {
    host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    breakNext: (request, after) => void breaks.push({ request, after }),
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

function pass(near: Socket, far: Socket, breaks: Break[]): void {
  let left = Number.POSITIVE_INFINITY;
  near.on('data', (bytes) => {
    const at = breaks.findIndex(({ request }) => bytes.indexOf(request) === 0);
    const [found] = at < 0 ? [] : breaks.splice(at, 1);
    if (found !== undefined) left = found.after;
    far.write(bytes);
  });
  far.on('data', (bytes) => {
    near.write(bytes.subarray(0, left));
    left -= bytes.byteLength;
    if (left <= 0) near.end(() => near.destroy());
  });
}

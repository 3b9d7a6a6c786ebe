import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFraming } from './request-framing.ts';
import { createTrafficCounter, type Traffic } from './traffic.ts';

/** Stands before a registry, and changes no byte of what passes. */
export interface CountingProxy extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** From now on every request waits so many ms before it is passed on. */
  delay(milliseconds: number): void;
  /** What passed since it was asked last. */
  take(): Traffic;
}

/** Starts a proxy before the registry at a port of this machine. It reads the heads of requests, and streams the rest. */
export async function startProxy(port: number): Promise<CountingProxy> {
  const counter = createTrafficCounter();
  const sockets = new Set<Socket>();
  let latency = 0;
  const onRequest = async (method: string): Promise<void> => {
    counter.request(method);
    if (latency > 0) await sleep(latency);
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    void join({ client, upstream, onRequest, onBody: counter.body });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${portOf(server)}`,
    delay: (milliseconds) => {
      latency = milliseconds;
    },
    take: counter.take,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

interface Junction {
  readonly client: Socket;
  readonly upstream: Socket;
  readonly onRequest: (method: string) => Promise<void>;
  readonly onBody: (bytes: number) => void;
}

async function join({ client, upstream, onRequest, onBody }: Junction): Promise<void> {
  const broken = new AbortController();
  upstream.once('close', () => broken.abort());
  // Whatever breaks on one side is told to the other by closing it, as the registry itself would have.
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  upstream.pipe(client);
  const split = createFraming();
  try {
    for await (const chunk of client) {
      for (const piece of split(chunk)) {
        if (piece.kind === 'head') await onRequest(piece.head.method);
        if (piece.kind === 'body') onBody(piece.bytes.length);
        if (!upstream.write(piece.bytes)) await once(upstream, 'drain', { signal: broken.signal });
      }
    }
    upstream.end();
  } catch {
    upstream.destroy();
  }
}

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

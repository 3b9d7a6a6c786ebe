import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import type { Fault } from './fault.ts';
import { startGate } from './gate.ts';
import type { Kind } from './kind.ts';

/** A registry with what the work of a kind finds there, and a fault that waits for it. */
export interface World extends AsyncDisposable {
  readonly registry: Registry;
  /** Where the client is to find it. */
  readonly host: string;
  /** From here on the fault strikes; `now` is what the client's clock says. */
  strike(now: number): void;
}

export async function openWorld(kind: Kind, fault: Fault): Promise<World> {
  await using opened = new AsyncDisposableStack();
  const auth = kind.auth ?? fault.auth;
  const registry = await startRegistry({
    capabilities: { ...kind.capabilities, ...fault.capabilities },
    ...(auth === undefined ? {} : { auth }),
  });
  opened.use(registry);
  kind.seed?.(registry);
  const { method, path } = kind;
  const { gate: spoil } = fault;
  const gate = spoil && opened.use(await startGate({ behind: registry.host, method, path, spoil }));
  const host = fault.down ? await freeHost() : (gate ?? registry).host;
  const running = opened.move();
  return {
    registry,
    host,
    strike(now) {
      registry.clearRequests();
      if (fault.registry !== undefined) registry.fail(method, path, fault.registry(now));
      gate?.close(fault.times ?? 1);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** A host where nobody listens. */
async function freeHost(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

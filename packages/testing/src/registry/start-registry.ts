import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createState } from './create-state.ts';
import { createFaults } from './faults.ts';
import { createInspection } from './inspection.ts';
import { createListener, type ListenerOptions } from './listener.ts';
import type { Registry, RegistryOptions } from './registry.ts';
import { createRequestLog, summarise } from './request-log.ts';
import type { State } from './state.ts';
import { openStorage } from './storage.ts';

/** Starts a registry on loopback, and with it the storage server that `redirectBlobs` and `externalUploads` need. */
export async function startRegistry(options: RegistryOptions = {}): Promise<Registry> {
  const state = createState(options, (memory) => openStorage(options.storage, memory));
  await using started = new AsyncDisposableStack();
  started.defer(state.storage.close);
  const closing = new AbortController();
  const [faults, log] = [createFaults(), createRequestLog()];
  const common = { faults, log, closing: closing.signal };
  const registry = await serve(state, { ...common, server: 'registry' }, options.port);
  started.defer(() => stop(registry));
  const url = originOf(registry);
  state.external.registryOrigin = url;
  if (state.capabilities.redirectBlobs || state.capabilities.externalUploads) {
    const storage = await serve(state, { ...common, server: 'storage' });
    started.defer(() => stop(storage));
    state.external.origin = originOf(storage);
  }
  started.defer(() => closing.abort());
  const running = started.move();
  const close = (): Promise<void> => running.disposeAsync();
  return {
    url,
    host: new URL(url).host,
    auth: state.authority?.auth ?? { kind: 'none' },
    ...createInspection(state),
    fail: faults.add,
    heal: faults.clear,
    requests: log.list,
    clearRequests() {
      log.clear();
      Object.assign(state.counts, { blobsUploaded: 0, blobsMounted: 0 });
    },
    statistics: () => summarise(log.list(), state.counts),
    onRequest: log.listen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function serve(state: State, options: ListenerOptions, port = 0): Promise<Server> {
  const listener = createListener(state, options);
  // A client that pauses, or sends for hours, is not cut off.
  const server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 0 }, listener);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function originOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

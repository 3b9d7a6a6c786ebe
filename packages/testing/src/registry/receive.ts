import type { IncomingMessage } from 'node:http';
import type { Exchange } from './exchange.ts';
import { refusal } from './refusal.ts';
import type { OpenRecord } from './request-log.ts';

/** Reads the head of a request; its body follows as it is asked for. `breaks` makes its body throw on the way. */
export function receiveExchange(
  request: IncomingMessage,
  record: OpenRecord,
  breaks: boolean,
): Exchange {
  const origin = `http://${request.headers.host}`;
  const { pathname, searchParams } = new URL(`${origin}${record.path}`);
  return {
    method: record.method,
    path: decodePath(pathname),
    query: searchParams,
    headers: request.headers,
    body: receiveBody(request, record, breaks),
    origin,
    server: record.server,
    repository: '',
    reference: '',
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw refusal(400, 'NAME_INVALID', `not a path: ${JSON.stringify(path)}`);
  }
}

async function* receiveBody(
  request: IncomingMessage,
  record: OpenRecord,
  breaks: boolean,
): AsyncGenerator<Uint8Array> {
  // The request outlives a handler that stops reading: its answer goes out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (breaks) {
      yield chunk.subarray(0, Math.ceil(chunk.byteLength / 2));
      throw new Error('a fault breaks the connection');
    }
    record.bytesIn += chunk.byteLength;
    yield chunk;
  }
}

import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer, FileSlice } from './exchange.ts';
import type { Fault } from './faults.ts';

/** Sends the answer, with what the fault does to its body; `sent` hears of every piece, in bytes. */
export async function send(
  response: ServerResponse,
  { status, headers = {}, body }: Answer,
  { isHead, fault, sent }: { isHead: boolean; fault: Fault; sent: (bytes: number) => void },
): Promise<void> {
  const size = body === undefined ? 0 : sizeOf(body);
  const hasLength = status >= 200 && status !== 204 && status !== 304;
  response.writeHead(status, {
    ...headers,
    ...(hasLength ? { 'content-length': String(size) } : {}),
  });
  if (isHead || body === undefined || size === 0) {
    response.end();
    return;
  }
  const limit = fault.reset === 'during' ? Math.floor(size / 2) : (fault.truncate ?? size);
  if (limit >= size && body instanceof Uint8Array && !fault.corrupt) {
    sent(size);
    response.end(body);
    return;
  }
  await stream(response, piecesOf(body, limit, fault, sent), limit >= size);
}

const sizeOf = (body: Uint8Array | FileSlice): number =>
  body instanceof Uint8Array ? body.byteLength : body.size;

async function stream(
  response: ServerResponse,
  pieces: AsyncIterable<Uint8Array>,
  isWhole: boolean,
): Promise<void> {
  await pipeline(pieces, response, { end: isWhole });
  if (!isWhole) response.socket?.destroySoon();
}

async function* piecesOf(
  body: Uint8Array | FileSlice,
  limit: number,
  { corrupt = false }: Fault,
  sent: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let left = limit;
  let toCorrupt = corrupt;
  for await (const chunk of sourceOf(body)) {
    const piece = toCorrupt ? corrupted(chunk.subarray(0, left)) : chunk.subarray(0, left);
    toCorrupt = false;
    left -= piece.byteLength;
    sent(piece.byteLength);
    yield piece;
    if (left === 0) return;
  }
}

function corrupted(chunk: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(chunk);
  if (copy[0] !== undefined) copy[0] ^= 1;
  return copy;
}

// In bytes; about twice as fast as the default of 64 KiB.
const highWaterMark = 256 * 1024;

function sourceOf(body: Uint8Array | FileSlice): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (body instanceof Uint8Array) return [body];
  const { path, start, size } = body;
  return createReadStream(path, { start, end: start + size - 1, highWaterMark });
}

import { type FileHandle, open } from 'node:fs/promises';

const chunkSize = 1024 * 1024;

/**
 * Reads bytes of a file from an offset. Three buffers take turns, one read ahead: a chunk is good until the one after the next
 * is asked for, and new memory for each would take longer than to read it. Ends early where the file does.
 */
export async function* readChunks(
  path: string,
  offset: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const buffers = new Map<number, Uint8Array>();
  const read = (at: number): Promise<Uint8Array> => {
    const turn = (at / chunkSize) % 3;
    const buffer = buffers.get(turn) ?? Buffer.allocUnsafeSlow(Math.min(chunkSize, size));
    buffers.set(turn, buffer);
    const reading = fill(file, buffer.subarray(0, size - at), offset + at);
    // Whoever stops does not wait for what is read ahead.
    reading.catch(() => {});
    return reading;
  };
  let next = read(0);
  for (let at = 0; at < size; at += chunkSize) {
    const chunk = await next;
    if (at + chunkSize < size) next = read(at + chunkSize);
    yield chunk;
  }
}

// One read may bring less than there is.
async function fill(file: FileHandle, buffer: Uint8Array, at: number): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const left = buffer.byteLength - filled;
    const { bytesRead } = await file.read(buffer, filled, left, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

import type { Exchange } from './exchange.ts';
import { refusal } from './refusal.ts';

/** Reads a small body; refuses one of more than `limit` bytes, before reading it if it says its length. */
export async function readBody(
  { body, headers }: Exchange,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = refusal(413, 'SIZE_INVALID', `the body has more than ${limit} bytes`);
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

import { ContentError } from '../error/content-error.ts';
import type { Reply } from './exchange.ts';
import { contentLength } from './headers.ts';
import { redactUrl } from './redact.ts';

/** The whole body of an answer; throws `ContentError` once it is longer than `limit` bytes. */
export async function readBody(reply: Reply, limit: number): Promise<Uint8Array> {
  // The length of an answer to HEAD is that of a body which does not come.
  const announced = reply.method === 'HEAD' ? 0 : (contentLength(reply.headers) ?? 0);
  if (announced > limit) {
    await reply.discard();
    throw tooLong(reply, limit, announced);
  }
  const { bytes, complete } = await readStart(reply, limit);
  if (!complete) throw tooLong(reply, limit, bytes.byteLength);
  return bytes;
}

/** As much of the body as fits in `limit` bytes; lets the rest go. */
export async function readStart(
  reply: Reply,
  limit: number,
): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of reply.body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > limit) return { bytes: Buffer.concat(chunks), complete: false };
  }
  return { bytes: Buffer.concat(chunks), complete: true };
}

const tooLong = (reply: Reply, limit: number, size: number): ContentError =>
  new ContentError(
    'SIZE_MISMATCH',
    `the answer to ${reply.method} ${redactUrl(reply.url)}`,
    `at most ${limit} bytes`,
    `at least ${size}`,
  );

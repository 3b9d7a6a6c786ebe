import { algorithmOf, createDigester, type Descriptor } from '@oci-matrix/oci';
import { ContentError } from './error/content-error.ts';

/**
 * Passes content on while it is what its descriptor says. The last chunk is held back until the digest is known to
 * match, so that nobody ever has the whole of anything else. Throws `ContentError`; `what` names the content in it.
 */
export async function* verified(
  { digest, size }: Descriptor,
  chunks: AsyncIterable<Uint8Array>,
  what: string,
): AsyncGenerator<Uint8Array> {
  const digester = createDigester(algorithmOf(digest));
  let seen = 0;
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (chunk.byteLength === 0) continue;
    seen += chunk.byteLength;
    if (seen > size)
      throw new ContentError('SIZE_MISMATCH', what, `${size} bytes`, `at least ${seen}`);
    digester.update(chunk);
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (seen < size) throw new ContentError('TRUNCATED', what, `${size} bytes`, `${seen}`);
  const actual = digester.digest();
  if (actual !== digest) throw new ContentError('DIGEST_MISMATCH', what, digest, actual);
  if (held !== undefined) yield held;
}

/** All of it at once; the caller knows that it fits. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

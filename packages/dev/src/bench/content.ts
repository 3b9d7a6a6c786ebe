import { createCipheriv, createHash } from 'node:crypto';

// Clients look at the first bytes, and compress what does not look compressed.
const gzipMark = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);

/** Bytes that no compression makes smaller and that look like gzip: the same for the same seed, others for any other. */
export function contentOf(seed: string, size: number): Buffer<ArrayBuffer> {
  const key = createHash('sha256').update(seed).digest();
  const bytes = Buffer.alloc(size);
  createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(bytes).copy(bytes);
  gzipMark.copy(bytes);
  return bytes;
}

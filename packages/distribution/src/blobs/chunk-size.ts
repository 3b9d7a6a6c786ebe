import type { Learned } from '../learned.ts';

const mebibyte = 1024 * 1024;

/** Bytes of a chunk where nothing is known: ECR takes no smaller ones, aws/containers-roadmap#2831. */
const usualSize = 5 * mebibyte;

/** The least that proxies let through unless they are told otherwise: nginx, client_max_body_size. */
const leastSize = mebibyte;

/** A registry that asks for larger chunks than this, in bytes, is not obeyed. */
const mostAsked = 64 * mebibyte;

/** The smallest chunk, in bytes, that is sent before the last. A blob that is no larger cannot be helped by chunks. */
export const leastChunk = ({ chunkMin = 0 }: Learned): number =>
  Math.max(leastSize, Math.min(chunkMin, mostAsked));

/** Bytes of the next chunk, if that is not the last. */
export function chunkSize(learned: Learned): number {
  const { bodyLimit = Number.POSITIVE_INFINITY, chunkSize = usualSize } = learned;
  const least = leastChunk(learned);
  let size = Math.max(chunkSize, least);
  while (size >= bodyLimit && size > least) size = half(size, least);
  return size;
}

/** Remembers that a chunk of so many bytes is too large; false if none may be smaller. */
export function shrinkChunks(learned: Learned, refused: number): boolean {
  const least = leastChunk(learned);
  if (refused <= least) return false;
  learned.chunkSize = Math.min(chunkSize(learned), half(refused, least));
  return true;
}

const half = (size: number, least: number): number => Math.max(least, Math.floor(size / 2));

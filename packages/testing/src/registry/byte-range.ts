/** A range of bytes, both ends included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the `Range` of a GET (RFC 9110, section 14.1.2). `undefined` means the whole: no range, more than one, or
 * another unit. `unsatisfiable` means that the content has no such bytes, or that the range ends before it starts.
 */
export function parseRange(
  text: string | undefined,
  size: number,
): ByteRange | undefined | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end ? 'unsatisfiable' : { start, end };
}

/** Reads the `Content-Range` of a chunk, which has no unit and no total (distribution-spec v1.1.1, "Pushing a blob in chunks"). */
export function parseChunkRange(text: string): ByteRange | undefined {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const range = { start: Number(first), end: Number(last) };
  return range.end >= range.start ? range : undefined;
}

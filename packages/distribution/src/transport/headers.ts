import type { ReplyHeaders } from './exchange.ts';

/** Every value of a header, in order. */
export function headerValues(headers: ReplyHeaders, name: string): readonly string[] {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** The first value of a header. */
export const headerValue = (headers: ReplyHeaders, name: string): string | undefined =>
  headerValues(headers, name)[0]?.trim();

/** `Content-Length`, in bytes; undefined if it is absent or no number. */
export function contentLength(headers: ReplyHeaders): number | undefined {
  const text = headerValue(headers, 'content-length');
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `Content-Type` in lower case, without parameters. */
export const contentType = (headers: ReplyHeaders): string | undefined =>
  headerValue(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase() || undefined;

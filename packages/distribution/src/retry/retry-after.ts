/** No registry makes us wait longer than this, in milliseconds. */
export const maxRetryAfter = 120_000;

/** Reads `Retry-After`, in seconds or as a date (RFC 9110, section 10.2.3), as milliseconds from now. */
export function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  const value = text?.trim();
  if (!value) return undefined;
  const wait = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), maxRetryAfter);
}

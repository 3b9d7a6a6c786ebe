import { type ErrorEntry, RegistryError } from '../error/registry-error.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import type { Reply } from './exchange.ts';
import { headerValue } from './headers.ts';
import { printable } from './printable.ts';
import { readStart } from './read-body.ts';
import { redactUrl } from './redact.ts';

const maxErrorBody = 64 * 1024;
const maxEntries = 100;

/** The error that an answer means, with what its body says; the body may be anything. */
export async function refusalOf(reply: Reply, now: number): Promise<RegistryError> {
  const { method, url, status, headers } = reply;
  return new RegistryError({
    method,
    url: redactUrl(url),
    status,
    errors: parseErrors(await readQuietly(reply)),
    retryAfter: parseRetryAfter(headerValue(headers, 'retry-after'), now),
  });
}

// The status counts, whatever becomes of the words: after an early answer the connection often breaks.
async function readQuietly(reply: Reply): Promise<Uint8Array> {
  try {
    return (await readStart(reply, maxErrorBody)).bytes;
  } catch {
    return new Uint8Array();
  }
}

/** Reads https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes, and nothing else. */
export function parseErrors(bytes: Uint8Array): ErrorEntry[] {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return [];
  }
  const errors = memberOf(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, maxEntries).map((entry: unknown) => ({
    code: printable(textOf(memberOf(entry, 'code')), 100),
    message: printable(textOf(memberOf(entry, 'message'))),
    detail: memberOf(entry, 'detail'),
  }));
}

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

import { type ErrorEntry, RegistryError } from '../error/registry-error.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { collect } from '../verified.ts';
import type { Reply } from './exchange.ts';
import { headerValue } from './headers.ts';
import { printable } from './printable.ts';
import { readStart } from './read-body.ts';
import { redactUrl } from './redact.ts';

const maxErrorBody = 64 * 1024;
const maxEntries = 100;

/** The error that an answer means, with what its body says; the body may be anything. */
export async function refusalOf(reply: Reply, now: number): Promise<RegistryError> {
  const { method, url, status, headers, body } = await holdRefusal(reply);
  const bytes = await collect(body);
  return new RegistryError({
    method,
    url: redactUrl(url),
    status,
    errors: parseErrors(bytes),
    retryAfter: parseRetryAfter(headerValue(headers, 'retry-after'), now),
  });
}

/**
 * The same answer with the start of its body in memory, so that it holds no connection and no turn.
 * The status counts, whatever becomes of the words: after an early answer the connection often breaks.
 */
export async function holdRefusal(reply: Reply): Promise<Reply> {
  let bytes = new Uint8Array();
  try {
    bytes = new Uint8Array((await readStart(reply, maxErrorBody)).bytes);
  } catch {}
  async function* body(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return { ...reply, body: body(), discard: async () => {} };
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

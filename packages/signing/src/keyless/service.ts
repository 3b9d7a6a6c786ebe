import { setTimeout as sleep } from 'node:timers/promises';
import { SigningError } from '../error.ts';

/** A service of a Sigstore instance. */
export interface Service {
  readonly name: 'Fulcio' | 'Rekor' | 'the timestamp authority';
  readonly code: 'FULCIO' | 'REKOR' | 'TIMESTAMP_AUTHORITY';
  readonly url: URL;
}

/** How long a service may take. */
export interface Limits {
  /** Of one question in milliseconds, with all its retries. */
  readonly timeout: number;
  /** How often a question is repeated that met a broken connection, silence, a 408, a 429 or a 5xx. */
  readonly retries: number;
}

/** How a service is asked. */
export interface AskOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
}

export interface Question extends AskOptions {
  /** With the slash it starts with; a path that the service's URL has goes before it. */
  readonly path: string;
  /** Sent as JSON; a question without one is a GET. */
  readonly body?: object | undefined;
  /** Kept out of every text, also where the service repeats it. */
  readonly secret?: string | undefined;
  /** A status that is no failure, beside those from 200 to 299. */
  readonly expected?: number | undefined;
}

export interface Answer {
  readonly status: number;
  readonly location: string;
  readonly bytes: Buffer;
}

/** The most bytes of an answer that are read; those of the services have less than 64 KiB. */
const maxAnswer = 1024 * 1024;

/** Asks a service, again where that may help, and ends within the limit: with an answer or with the service's error. */
export async function ask(service: Service, question: Question): Promise<Answer> {
  const { limits, signal } = question;
  const attempts = limits.retries + 1;
  const attemptMs = Math.max(1, limits.timeout / attempts);
  const end = performance.now() + limits.timeout;
  for (let attempt = 1; ; attempt += 1) {
    const left = Math.max(1, end - performance.now());
    const outcome = await tryOnce(service, question, Math.min(attemptMs, left));
    signal?.throwIfAborted();
    if (!(outcome instanceof SigningError)) return outcome.answer;
    const pause = Math.min(250 * 2 ** attempt, attemptMs / 2);
    if (attempt === attempts || performance.now() + pause >= end) throw outcome;
    await sleep(pause, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

// What may go away is given back, what stays is thrown.
async function tryOnce(
  service: Service,
  { path, body, limits, signal, secret, expected }: Question,
  milliseconds: number,
): Promise<{ readonly answer: Answer } | SigningError> {
  const limit = AbortSignal.timeout(Math.ceil(milliseconds));
  try {
    const response = await fetch(addressOf(service, path), {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { accept: '*/*', 'content-type': 'application/json', 'user-agent': 'oci-matrix' },
      // Whoever answers with another address is not who was trusted with the token.
      redirect: 'manual',
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
    const bytes = await read(service, response);
    const { status, ok } = response;
    if (ok || status === expected) {
      return { answer: { status, location: response.headers.get('location') ?? '', bytes } };
    }
    const failure = refused(service, status, bytes, secret);
    if (status === 408 || status === 429 || status >= 500) return failure;
    throw failure;
  } catch (error) {
    if (error instanceof SigningError) throw error;
    return limit.aborted
      ? failureOf(service, `did not answer within ${limits.timeout / 1000} s`, error)
      : failureOf(service, `cannot be reached: ${reasonOf(error)}`, error);
  }
}

const addressOf = ({ url }: Service, path: string): string =>
  `${url.origin}${url.pathname.replace(/\/$/, '')}${path}`;

async function read(service: Service, { body }: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > maxAnswer) throw failureOf(service, `answered with more than ${maxAnswer} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function refused(
  { name, code, url }: Service,
  status: number,
  bytes: Buffer,
  secret = '',
): SigningError {
  const said = words(bytes, secret);
  const message = `${name} at ${url.host} answered with ${status}${said === '' ? '' : `: ${said}`}`;
  if (code === 'FULCIO' && (status === 401 || status === 403)) {
    const hint = `Check that Fulcio at ${url.host} takes tokens of this issuer, with the audience "sigstore".`;
    return new SigningError('ID_TOKEN', `${message}; it refused the id token`, { hint });
  }
  return new SigningError(code, message, { hint: hintOf(url, status) });
}

/** The error of a service: `what` ends a sentence that begins with its name. */
export const failureOf = ({ name, code, url }: Service, what: string, cause?: unknown) =>
  new SigningError(code, `${name} at ${url.host} ${what}`, { cause, hint: hintOf(url) });

/** Reads JSON that a service answered with. */
export function parseAnswer(service: Service, bytes: Buffer, what: string): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw failureOf(service, `answered with something else than ${what}`, cause);
  }
}

function hintOf({ host }: URL, status = 0): string {
  if (status === 429) {
    return `Run the job again when ${host} takes more, and sign in fewer jobs at a time.`;
  }
  if (host.endsWith('.sigstore.dev')) {
    return 'Run the job again; look at https://status.sigstore.dev if it stays.';
  }
  return status === 0
    ? `Check the URL, and that the runner reaches ${host}; if it does, run the job again.`
    : `Run the job again; look at the log of ${host} if it stays.`;
}

// A line of what a service says, without what it was told in confidence.
function words(bytes: Buffer, secret: string): string {
  const text = messageIn(bytes.subarray(0, 64 * 1024).toString());
  const open = secret === '' ? text : text.replaceAll(secret, '***');
  return open
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text);
    return typeof message === 'string' ? message : '';
  } catch {
    return text.trimStart().startsWith('<') ? '' : text;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}

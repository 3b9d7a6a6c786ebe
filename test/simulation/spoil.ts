import type {
  DirectAnswer,
  DirectRequest,
} from '../../packages/testing/src/registry/direct-registry.ts';

const codes: Readonly<Record<number, string>> = {
  401: 'UNAUTHORIZED',
  403: 'DENIED',
  429: 'TOOMANYREQUESTS',
};

/** An answer that says no; `retryAfter` in seconds. */
export function refusalOf(status: number, retryAfter?: number): DirectAnswer {
  const code = codes[status] ?? 'UNKNOWN';
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message: 'the weather' }] }));
  const wait = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` };
  const headers = { 'content-type': 'application/json', 'content-length': `${body.byteLength}` };
  return { status, headers: { ...headers, ...wait }, body };
}

/** What a proxy says instead of the registry. */
export function pageFor({ method }: DirectRequest): DirectAnswer {
  const body = Buffer.from('<html>Please log in</html>');
  const headers = { 'content-type': 'text/html', 'content-length': `${body.byteLength}` };
  return { status: 200, headers, body: method === 'HEAD' ? new Uint8Array() : body };
}

/** The answer with one wrong bit. */
export function flipped(answer: DirectAnswer): DirectAnswer {
  const body = Uint8Array.from(answer.body);
  const middle = body.byteLength >> 1;
  body[middle] = (body[middle] ?? 0) ^ 1;
  return { ...answer, body };
}

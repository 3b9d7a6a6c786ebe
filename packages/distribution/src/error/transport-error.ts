import { OciError } from '@oci-matrix/oci';
import { printable } from '../transport/printable.ts';

// What may pass when tried again; certificates, unknown hosts and broken HTTP do not.
const temporaryCauses = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

/** There was no answer, or only a part of one; `cause` is what the socket said. */
export class TransportError extends OciError {
  override readonly name = 'TransportError';
  readonly code: 'TRANSPORT' | 'TIMEOUT';
  readonly method: string;
  readonly url: string;
  /** True if another try may succeed. */
  readonly temporary: boolean;

  constructor(method: string, url: string, cause: unknown) {
    const reason = causeCode(cause);
    const code = reason === 'ETIMEDOUT' ? 'TIMEOUT' : 'TRANSPORT';
    const what = code === 'TIMEOUT' ? 'no answer in time' : 'the connection failed';
    super(`${method} ${url}: ${what}: ${describe(cause, reason)}`, {
      hint: 'Check the address of the registry and the network, then run it again.',
      cause,
    });
    this.code = code;
    this.method = method;
    this.url = url;
    this.temporary = temporaryCauses.has(reason);
  }
}

function causeCode(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}

function describe(cause: unknown, reason: string): string {
  const message = printable(cause instanceof Error ? cause.message : String(cause));
  if (message === '') return reason;
  return message.includes(reason) ? message : `${reason}: ${message}`;
}

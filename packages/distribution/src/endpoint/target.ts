import { ProtocolError } from '../error/protocol-error.ts';
import { redactUrl } from '../transport/redact.ts';

/**
 * Reads a URL that a server gave, relative or absolute, against the URL that was asked.
 * Throws `ProtocolError` if it leaves https, brings credentials of its own, or is none.
 */
export function resolveTarget(text: string, from: URL, what: string): URL {
  const target = URL.parse(text, from.href);
  if (target === null) {
    throw new ProtocolError(
      `${what} of ${redactUrl(from)} is not a URL: ${JSON.stringify(text.slice(0, 200))}`,
    );
  }
  const refusal = refusalOf(target, from);
  if (refusal !== undefined) {
    throw new ProtocolError(`${what} of ${redactUrl(from)} ${refusal}: ${redactUrl(target)}`);
  }
  target.hash = '';
  return target;
}

function refusalOf(target: URL, from: URL): string | undefined {
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return 'is not http';
  if (target.protocol === 'http:' && from.protocol === 'https:') return 'leaves https';
  if (target.username !== '' || target.password !== '') return 'has credentials in it';
  return undefined;
}

import { RegistryError } from '../error/registry-error.ts';
import { TransportError } from '../error/transport-error.ts';

const statuses = new Set([408, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
const codes = new Set(['TOOMANYREQUESTS', 'UNAVAILABLE']);

/** True of a failure that another try may cure. A refusal that says when to come back is one, whatever its status. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof TransportError) return error.temporary;
  if (!(error instanceof RegistryError)) return false;
  return (
    statuses.has(error.status) ||
    error.retryAfter !== undefined ||
    error.errors.some(({ code }) => codes.has(code))
  );
}

import { OciError } from '@oci-matrix/oci';
import { type HttpErrorCode, isSpecErrorCode, type SpecErrorCode } from './codes.ts';
import { refusalHint } from './hints.ts';

/** One element of the body of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export interface ErrorEntry {
  readonly code: string;
  readonly message: string;
  readonly detail: unknown;
}

export interface Refusal {
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  readonly status: number;
  readonly errors: readonly ErrorEntry[];
  /** What the registry asked to wait, in milliseconds. */
  readonly retryAfter: number | undefined;
}

/** The registry answered, and the answer is no. `code` is the specification's where the registry gave one. */
export class RegistryError extends OciError {
  override readonly name = 'RegistryError';
  readonly code: SpecErrorCode | HttpErrorCode;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly errors: readonly ErrorEntry[];
  readonly retryAfter: number | undefined;

  constructor(refusal: Refusal) {
    const { method, url, status, errors } = refusal;
    const known = errors.map((entry) => entry.code).find(isSpecErrorCode);
    const code = known ?? (`HTTP_${status}` as const);
    const said = (errors.find((entry) => entry.code === code) ?? errors[0])?.message;
    super(`${method} ${url}: ${code}${said ? `: ${said}` : ''}`, {
      hint: refusalHint(code, status),
    });
    this.code = code;
    this.method = method;
    this.url = url;
    this.status = status;
    this.errors = errors;
    this.retryAfter = refusal.retryAfter;
  }
}

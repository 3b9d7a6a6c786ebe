import { OciError } from '@oci-matrix/oci';

/** One entry of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
export interface SpecError {
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

/** Thrown by a handler that answers no: becomes the status and the JSON body of the answer. */
export class Refusal extends OciError {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: number;
  readonly errors: readonly SpecError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, errors: readonly SpecError[], headers: Record<string, string> = {}) {
    super(errors.map(({ code, message }) => `${code}: ${message}`).join('; '));
    this.code = errors[0]?.code ?? 'UNKNOWN';
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

/** A refusal with one error. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Refusal => new Refusal(status, [{ code, message }], headers);

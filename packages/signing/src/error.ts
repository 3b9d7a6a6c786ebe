import { OciError, type OciErrorOptions } from '@oci-matrix/oci';

/** What can go wrong with a signature, before it is made, while it is made, and when it is read back. */
export const signingErrorCodes = [
  'CLOCK_SKEW',
  'FULCIO',
  'ID_TOKEN',
  'KEY_INVALID',
  'KEY_PASSWORD',
  'REKOR',
  'SIGNATURE_INVALID',
  'SIGN_COMMAND',
  'TIMESTAMP_AUTHORITY',
] as const;

export type SigningErrorCode = (typeof signingErrorCodes)[number];

/** A signature that was not made, or does not hold. */
export class SigningError extends OciError {
  override readonly name = 'SigningError';
  readonly code: SigningErrorCode;

  constructor(code: SigningErrorCode, message: string, options: OciErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

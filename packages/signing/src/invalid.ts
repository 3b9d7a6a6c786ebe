import { SigningError } from './error.ts';

/** A signature that does not hold: `what` is the end of a sentence about it. */
export const invalid = (what: string, cause?: unknown): SigningError =>
  new SigningError('SIGNATURE_INVALID', `the signature ${what}`, { cause });

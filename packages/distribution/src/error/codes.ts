/** The codes of https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes, verbatim. */
export const specErrorCodes = [
  'BLOB_UNKNOWN',
  'BLOB_UPLOAD_INVALID',
  'BLOB_UPLOAD_UNKNOWN',
  'DIGEST_INVALID',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'SIZE_INVALID',
  'UNAUTHORIZED',
  'DENIED',
  'UNSUPPORTED',
  'TOOMANYREQUESTS',
] as const;

export type SpecErrorCode = (typeof specErrorCodes)[number];

/** What a refusal without a code of the specification goes by. */
export type HttpErrorCode = `HTTP_${number}`;

/** Every code that an error of this package can have, but for `HTTP_<status>`. */
export const distributionErrorCodes = [
  ...specErrorCodes,
  'NO_CREDENTIALS',
  'TOKEN_REFUSED',
  'CHALLENGE_UNSUPPORTED',
  'TRANSPORT',
  'TIMEOUT',
  'DIGEST_MISMATCH',
  'SIZE_MISMATCH',
  'TRUNCATED',
  'PROTOCOL',
] as const;

export type DistributionErrorCode = (typeof distributionErrorCodes)[number] | HttpErrorCode;

export const isSpecErrorCode = (code: string): code is SpecErrorCode =>
  specErrorCodes.some((known) => known === code);

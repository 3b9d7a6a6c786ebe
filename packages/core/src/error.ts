import { OciError, type OciErrorOptions } from '@oci-matrix/oci';

/** What can go wrong in a use-case, beyond what the registry and the documents say. */
export const matrixErrorCodes = [
  'ANNOTATION_INVALID',
  'APP_REFUSED',
  'CHILD_MISSING',
  'CONFLICT',
  'ENTRY_DUPLICATE',
  'FILE_CHANGED',
  'FILE_NOT_FOUND',
  'IMAGE_NOT_ALLOWED',
  'INDEX_TOO_LARGE',
  'INPUT_INVALID',
  'LAYERS_META_INVALID',
  'LAYER_INVALID',
  'LAYER_NOT_RUNNABLE',
  'LEG_DUPLICATE',
  'LEG_FAILED',
  'LEG_MISSING',
  'MANIFEST_UNKNOWN',
  'BLOB_UNKNOWN',
  'MEDIA_TYPE_UNKNOWN',
  'NOT_AN_INDEX',
  'PLATFORM_MISMATCH',
  'RECORD_INVALID',
  'RUN_OUTDATED',
  'SOURCE_INVALID',
  'TAG_IMMUTABLE',
  'TOO_LARGE',
  'UNSIGNED',
] as const;

export type MatrixErrorCode = (typeof matrixErrorCodes)[number];

/** A release that must not go on: the code says which promise would break. */
export class MatrixError extends OciError {
  override readonly name = 'MatrixError';
  readonly code: MatrixErrorCode;

  constructor(code: MatrixErrorCode, message: string, options: OciErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}

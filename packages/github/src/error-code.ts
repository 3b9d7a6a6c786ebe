/** Every code that an error of oci-matrix can have; behind it, what a spec or a package of ours calls by it. */
export type ErrorCode = SpecCode | ClientCode | UseCaseCode | KeyCode | KeylessCode | ActionCode;

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#error-codes */
type SpecCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'UNAUTHORIZED'
  | 'DENIED'
  | 'UNSUPPORTED'
  | 'TOOMANYREQUESTS';

type ClientCode =
  | 'INVALID_DIGEST'
  | 'INVALID_REFERENCE'
  | 'INVALID_PLATFORM'
  | 'INVALID_MANIFEST'
  | 'NO_CREDENTIALS'
  | 'TOKEN_REFUSED'
  | 'CHALLENGE_UNSUPPORTED'
  | 'TRANSPORT'
  | 'TIMEOUT'
  | 'DIGEST_MISMATCH'
  | 'SIZE_MISMATCH'
  | 'TRUNCATED'
  | 'PROTOCOL';

type UseCaseCode =
  | 'LEG_MISSING'
  | 'LEG_DUPLICATE'
  | 'LEG_FAILED'
  | 'RECORD_INVALID'
  | 'ENTRY_DUPLICATE'
  | 'CHILD_MISSING'
  | 'CONFLICT'
  | 'NOT_AN_INDEX'
  | 'FILE_NOT_FOUND'
  | 'IMAGE_NOT_ALLOWED'
  | 'FILE_CHANGED'
  | 'MEDIA_TYPE_UNKNOWN'
  | 'LAYER_NOT_RUNNABLE'
  | 'LAYER_INVALID'
  | 'LAYERS_META_INVALID'
  | 'SOURCE_INVALID'
  | 'PLATFORM_MISMATCH'
  | 'ANNOTATION_INVALID'
  | 'APP_REFUSED'
  | 'INDEX_TOO_LARGE'
  | 'RUN_OUTDATED'
  | 'TAG_IMMUTABLE'
  | 'TOO_LARGE'
  | 'UNSIGNED';

/** Of a signature with a key or a command. */
type KeyCode = 'KEY_INVALID' | 'KEY_PASSWORD' | 'SIGN_COMMAND' | 'SIGNATURE_INVALID';

/** Of a signature with an identity. */
type KeylessCode = 'ID_TOKEN' | 'FULCIO' | 'REKOR' | 'TIMESTAMP_AUTHORITY' | 'CLOCK_SKEW';

type ActionCode = 'INPUT_INVALID' | 'ARTIFACT_SERVICE' | 'ABORTED' | 'UNEXPECTED';

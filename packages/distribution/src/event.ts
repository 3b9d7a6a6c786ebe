/** What a request was for. */
export type RequestKind =
  | 'token'
  | 'blob-exists'
  | 'blob-fetch'
  | 'blob-delete'
  | 'blob-mount'
  | 'upload-start'
  | 'upload-whole'
  | 'upload-chunk'
  | 'upload-status'
  | 'upload-commit'
  | 'upload-cancel'
  | 'manifest-resolve'
  | 'manifest-fetch'
  | 'manifest-push'
  | 'manifest-delete'
  | 'tag-list'
  | 'referrer-list';

export interface RequestEvent {
  readonly type: 'request';
  readonly kind: RequestKind;
  readonly method: string;
  /** Redacted. */
  readonly url: string;
  /** Undefined if there was no answer. */
  readonly status: number | undefined;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** From the start of the request to the end of the answer, in milliseconds. */
  readonly ms: number;
}

export interface RetryEvent {
  readonly type: 'retry';
  readonly why: string;
  /** Which try failed; the first is 1. */
  readonly attempt: number;
  /** In milliseconds. */
  readonly wait: number;
}

/** A `Warning` header of code 299: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#warnings */
export interface WarningEvent {
  readonly type: 'warning';
  readonly registry: string;
  readonly text: string;
}

export type ClientEvent = RequestEvent | RetryEvent | WarningEvent;

export type Report = (event: ClientEvent) => void;

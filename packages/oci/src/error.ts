export interface OciErrorOptions {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** An error meant to be read: a stable `code` to match, a message that says what happened, a hint. */
export abstract class OciError extends Error {
  abstract readonly code: string;
  readonly hint: string | undefined;

  constructor(message: string, options: OciErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
  }
}

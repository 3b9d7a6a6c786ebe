import { OciError } from '@oci-matrix/oci';

export type ContentErrorCode = 'DIGEST_MISMATCH' | 'SIZE_MISMATCH' | 'TRUNCATED';

const phrases: Record<ContentErrorCode, string> = {
  DIGEST_MISMATCH: 'has another digest',
  SIZE_MISMATCH: 'has another size',
  TRUNCATED: 'ends too early',
};

/** Content is not what its descriptor says. */
export class ContentError extends OciError {
  override readonly name = 'ContentError';
  readonly code: ContentErrorCode;
  readonly expected: string;
  readonly actual: string;

  /** `what` names the content and where it came from. */
  constructor(code: ContentErrorCode, what: string, expected: string, actual: string) {
    super(`${what} ${phrases[code]}: expected ${expected}, got ${actual}`, {
      hint: 'Check that nothing changes the content on its way, and make it again.',
    });
    this.code = code;
    this.expected = expected;
    this.actual = actual;
  }
}

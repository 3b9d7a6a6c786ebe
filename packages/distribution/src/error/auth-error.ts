import { OciError } from '@oci-matrix/oci';

export type AuthErrorCode = 'NO_CREDENTIALS' | 'TOKEN_REFUSED' | 'CHALLENGE_UNSUPPORTED';

const hints: Record<AuthErrorCode, string> = {
  NO_CREDENTIALS: 'Log in to this registry, or give a user name and a password.',
  TOKEN_REFUSED: 'Check the user name and the password or token for this registry.',
  CHALLENGE_UNSUPPORTED: 'Serve the registry with Basic or Bearer authentication, over https.',
};

/** Nothing was found to authenticate with, it was refused, or it may not be sent the way that the registry asks. */
export class AuthError extends OciError {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode, message: string, cause?: unknown) {
    super(message, { hint: hints[code], cause });
    this.code = code;
  }
}

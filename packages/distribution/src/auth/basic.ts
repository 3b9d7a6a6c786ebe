import { isConfidential } from '../endpoint/origin.ts';
import { AuthError } from '../error/auth-error.ts';
import type { Need } from './authorizer.ts';
import type { CredentialOf } from './remember-credentials.ts';

interface User {
  readonly username: string;
  readonly password: string;
}

/** The header of RFC 7617, in UTF-8. */
export const basicHeader = ({ username, password }: User): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;

export interface BasicParts {
  readonly registry: string;
  readonly origin: URL;
  readonly credentialOf: CredentialOf;
}

/** What to send to a registry that asks for a password. Throws `AuthError` if there is none, or if others could read it. */
export async function basicFor(
  { registry, origin, credentialOf }: BasicParts,
  { scopes }: Need,
): Promise<string> {
  if (!isConfidential(origin)) {
    const what = `registry ${registry} asks for a password over plain http`;
    throw new AuthError('CHALLENGE_UNSUPPORTED', what);
  }
  const credential = await credentialOf(scopes);
  if (credential !== undefined && 'username' in credential) return basicHeader(credential);
  const what = credential === undefined ? 'there is none' : 'there is only a token';
  throw new AuthError(
    'NO_CREDENTIALS',
    `registry ${registry} asks for a user name and a password, and ${what}`,
  );
}

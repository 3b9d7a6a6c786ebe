import { AuthError } from '../error/auth-error.ts';
import type { Credential } from './credential.ts';
import { objectOf, textOf } from './json.ts';

/** Reads one entry of `auths`; `what` names it. Throws `AuthError`, without a value of the entry in its message. */
export function parseConfigEntry(value: unknown, what: string): Credential | undefined {
  const entry = objectOf(value);
  const registryToken = textOf(entry.registrytoken);
  if (registryToken !== '') return { registryToken };
  const identityToken = textOf(entry.identitytoken);
  if (identityToken !== '') return { identityToken };
  const auth = textOf(entry.auth);
  if (auth === '') {
    const [username, password] = [textOf(entry.username), textOf(entry.password)];
    return username === '' ? undefined : { username, password };
  }
  // A password may have colons, and old versions of Docker padded the text with NUL.
  const pair = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = pair.indexOf(':');
  if (colon < 1) {
    throw new AuthError('NO_CREDENTIALS', `${what} has no user name and password in "auth"`);
  }
  return { username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

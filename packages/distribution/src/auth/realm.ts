import { isConfidential } from '../endpoint/origin.ts';
import { AuthError } from '../error/auth-error.ts';
import { isLoopbackHost } from '../transport/address.ts';

/**
 * Where tokens are asked for, as a challenge says. A password goes there, so it must be https;
 * http does for a registry that is http on loopback itself, and for a realm on loopback.
 * Throws `AuthError`.
 */
export function parseRealm(text: string, origin: URL): URL {
  const realm = URL.parse(text, origin.href);
  const refusal = realm === null ? 'is not a URL' : refusalOf(realm, origin);
  if (realm === null || refusal !== undefined) {
    const shown =
      realm === null ? JSON.stringify(text.slice(0, 200)) : `${realm.protocol}//${realm.host}`;
    throw new AuthError(
      'CHALLENGE_UNSUPPORTED',
      `the realm of registry ${origin.host} ${refusal}: ${shown}`,
    );
  }
  realm.hash = '';
  return realm;
}

function refusalOf(realm: URL, origin: URL): string | undefined {
  if (realm.username !== '' || realm.password !== '') return 'has credentials in it';
  if (realm.protocol === 'https:') return undefined;
  if (realm.protocol !== 'http:') return 'is not https';
  const local = origin.protocol === 'http:' && isConfidential(origin);
  return local && isLoopbackHost(realm.hostname) ? undefined : 'is not https';
}

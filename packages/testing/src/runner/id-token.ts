import { generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import type { JsonObject } from './json.ts';

/** The issuer of the tokens that GitHub gives to jobs. */
export const githubIssuer = 'https://token.actions.githubusercontent.com';

/** How long a token of GitHub's is good for, in seconds. */
const lifetime = 300;

let keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;

// One issuer a process: whoever checks a token here knows its key, as Fulcio knows that of GitHub.
const issuerKeys = () => {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return keys;
};

/** Signs claims as an OpenID Connect token, RS256; its times are now and five minutes on, unless the claims say otherwise. */
export function signIdToken(claims: JsonObject): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now - lifetime, exp: now + lifetime };
  const header = { alg: 'RS256', kid: 'local-runner', typ: 'JWT' };
  const content = `${encode(header)}.${encode({ jti: randomUUID(), ...times, ...claims })}`;
  const signature = sign('sha256', Buffer.from(content), issuerKeys().privateKey);
  return `${content}.${signature.toString('base64url')}`;
}

/** Whether the token is one of this process's issuer, unchanged. */
export function isOwnIdToken(token: string): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const content = Buffer.from(`${header}.${payload}`);
  return verify('sha256', content, issuerKeys().publicKey, Buffer.from(signature, 'base64url'));
}

/** The claims of a token, which nobody checked; undefined where it is no token. */
export function claimsOf(token: string): JsonObject | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

const encode = (value: JsonObject): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

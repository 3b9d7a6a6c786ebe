import type { Registry } from '@oci-matrix/testing';
import { blobKinds } from './blob-kinds.ts';
import type { Kind } from './kind.ts';

export const password = { username: 'octo', password: 'cat' };

/** A registry that gives tokens for the password. */
export const bearer = { kind: 'bearer', ...password } as const;

async function identityToken({ url }: Registry): Promise<{ identityToken: string }> {
  const { username, password: secret } = password;
  const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
  const response = await fetch(`${url}/token?offline_token=true`, { headers: { authorization } });
  const answer = new Map(Object.entries(Object(await response.json())));
  return { identityToken: `${answer.get('refresh_token')}` };
}

const { seed, work } = blobKinds['HEAD blob'];

const getToken: Kind = {
  method: 'GET',
  path: /^\/token/,
  auth: bearer,
  ...(seed === undefined ? {} : { seed }),
  work,
};

export const tokenKinds = {
  'GET token': getToken,
  'POST token': { ...getToken, method: 'POST', credential: identityToken },
} as const;

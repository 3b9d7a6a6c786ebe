import type { Host, HostAnswer } from './internet.ts';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** An answer of 401 that asks for this. */
export const unauthorized = (challenge: string): HostAnswer => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
  body: { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] },
});

/** An answer of 403, in the registry's words. */
export const denied = (message: string): HostAnswer => ({
  status: 403,
  body: { errors: [{ code: 'DENIED', message }] },
});

/** A registry that takes everything, and has nothing. */
export const openHost: Host = ({ method, url }) => {
  if (method === 'POST') return { status: 202, headers: { location: `${url.pathname}session` } };
  return { status: method === 'PUT' ? 201 : 404 };
};

/** A registry that lets those in whose `Authorization` is one of these, and asks all others for it. */
export const guardedHost =
  (challenge: string, ...accepted: readonly string[]): Host =>
  (seen) =>
    accepted.includes(seen.authorization) ? openHost(seen) : unauthorized(challenge);

/** A token server that gives the tokens `t1`, `t2` and so on to whoever shows this `Authorization`; to all if it is empty. */
export function tokenHost(authorization: string, more: object = {}): Host {
  let given = 0;
  return (seen) => {
    if (seen.authorization !== authorization) return denied('requested access is denied');
    given += 1;
    return { status: 200, body: { token: `t${given}`, ...more } };
  };
}

/** The first for paths that begin so, the second for all others of the host. */
export const split =
  (path: string, first: Host, second: Host): Host =>
  (seen) =>
    (seen.url.pathname.startsWith(path) ? first : second)(seen);

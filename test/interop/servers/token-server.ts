import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pemOf, selfSigned } from './certificate.ts';
import { login } from './server.ts';

/** A server that gives the login tokens for whatever it asks for, and nobody else any. */
export interface TokenServer extends AsyncDisposable {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** By which a registry knows its signature, in PEM. */
  readonly certificate: string;
}

const issuer = 'interop issuer';
const service = 'interop registry';
const lifetime = 300; // seconds
const known = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;

/** Starts one on loopback, with a key of its own: https://distribution.github.io/distribution/spec/auth/token/. */
export async function startTokenServer(): Promise<TokenServer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = selfSigned(privateKey, issuer);
  const header = { typ: 'JWT', alg: 'ES256', x5c: [certificate.toString('base64')] };
  const signToken = (claims: object): string => {
    const text = [header, claims].map(encoded).join('.');
    const signature = sign('sha256', Buffer.from(text), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${text}.${signature.toString('base64url')}`;
  };
  const server = createServer((request, response) => answer(request, response, signToken));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    ...{ issuer, service, certificate: pemOf(certificate) },
    realm: `http://127.0.0.1:${port}/token`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function answer(
  { headers, method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  signToken: (claims: object) => string,
): void {
  if (method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
  if (headers.authorization !== known) return void response.writeHead(401).end();
  const query = new URL(url, 'http://tokens').searchParams;
  const now = Math.floor(Date.now() / 1000);
  const token = signToken({
    ...{ iss: issuer, sub: login.username, aud: query.get('service'), jti: randomUUID() },
    ...{ iat: now, nbf: now - 10, exp: now + lifetime },
    access: query
      .getAll('scope')
      .flatMap((scopes) => scopes.split(' '))
      .map(accessOf),
  });
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ token, expires_in: lifetime }));
}

function accessOf(scope: string): object {
  const [type, name, actions = ''] = scope.split(':');
  return { type, name, actions: actions.split(',') };
}

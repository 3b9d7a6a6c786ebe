import { createPublicKey, type KeyPairKeyObjectResult, verify } from 'node:crypto';
import { claimsOf, isOwnIdToken } from '../runner/id-token.ts';
import { isJsonObject, type Json, type JsonObject } from '../runner/json.ts';
import { clockOf, type Reply, type Request, refusal } from './fault.ts';

/** The certificate authority: its keys, its certificate, and what it answers. */
export interface FakeFulcio {
  /** DER. */
  readonly rootCertificate: Buffer;
  /** DER; of the log that each certificate is in. */
  readonly logKey: Buffer;
  reply(request: Request): Promise<Reply>;
}

/** Makes an authority that gives certificates to whoever has an id token of the local runner's issuer. */
export async function createFulcio(
  keys: KeyPairKeyObjectResult,
  logKeys: KeyPairKeyObjectResult,
): Promise<FakeFulcio> {
  const { fulcioHandler, initializeCA, initializeCTLog } = await import('@sigstore/mock');
  const log = await initializeCTLog(logKeys);
  const authority = await initializeCA(keys, log);
  const rootCertificate = bytesOf(authority.rootCertificate);
  return {
    rootCertificate,
    logKey: log.publicKey,
    async reply({ path, body, bearer, fault }) {
      if (path === '/api/v2/trustBundle') return trustBundle(rootCertificate);
      const request = withToken(JSON.parse(body), bearer);
      const refused = refuse(request);
      if (refused !== undefined) return refused;
      const clock = clockOf(fault);
      const issuing = clock === undefined ? authority : await initializeCA(keys, log, clock);
      const { fn } = fulcioHandler(issuing);
      const { statusCode, response, contentType } = await fn(
        JSON.stringify(withIdentity(request, fault === 'other')),
      );
      // Fulcio's own success is a 200, which cosign insists on.
      return { status: statusCode === 201 ? 200 : statusCode, body: response, contentType };
    },
  };
}

const bytesOf = (view: ArrayBufferView<ArrayBuffer>): Buffer =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** A certificate or a key as text. */
export const pemOf = (label: string, der: Uint8Array): string =>
  [
    `-----BEGIN ${label}-----`,
    ...(Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []),
    `-----END ${label}-----`,
    '',
  ].join('\n');

const trustBundle = (root: Buffer): Reply => ({
  status: 200,
  body: JSON.stringify({ chains: [{ certificates: [pemOf('CERTIFICATE', root)] }] }),
  contentType: 'application/json',
});

// A client may send the token in the request, or before it.
const withToken = (request: Json, bearer: string): Json =>
  bearer === '' || !isJsonObject(request)
    ? request
    : { ...request, credentials: { oidcIdentityToken: bearer } };

// As Fulcio does: the token is of an issuer that it knows, of now, and for it; the key is the asker's.
function refuse(request: Json): Reply | undefined {
  const token = tokenOf(request);
  const claims = claimsOf(token);
  const now = Date.now() / 1000;
  const isGood =
    claims !== undefined &&
    isOwnIdToken(token) &&
    claims.aud === 'sigstore' &&
    Number(claims.exp) > now &&
    Number(claims.nbf) <= now;
  if (!isGood) return refusal(401, 'There was an error processing the identity token');
  const proven = memberOf(request, 'publicKeyRequest');
  const key = createPublicKey(textOf(memberOf(memberOf(proven, 'publicKey'), 'content')));
  const proof = Buffer.from(textOf(memberOf(proven, 'proofOfPossession')), 'base64');
  const challenge = Buffer.from(textOf(claims.email ?? claims.sub));
  const isProven = verify('sha256', challenge, key, proof);
  return isProven
    ? undefined
    : refusal(400, 'The signature supplied in the request could not be verified');
}

// The handler takes the subject of the token for the identity; Fulcio makes it of other claims.
function withIdentity(request: Json, isOther: boolean): JsonObject {
  const [header = '', , signature = ''] = tokenOf(request).split('.');
  const claims = claimsOf(tokenOf(request)) ?? {};
  const workflow = claims.job_workflow_ref;
  const own =
    workflow === undefined ? (claims.email ?? claims.sub) : `https://github.com/${workflow}`;
  const sub = isOther ? 'https://github.com/mallory/app/.github/workflows/x.yml@main' : (own ?? '');
  const payload = Buffer.from(JSON.stringify({ ...claims, sub })).toString('base64url');
  const credentials = { oidcIdentityToken: `${header}.${payload}.${signature}` };
  return { ...(isJsonObject(request) ? request : {}), credentials };
}

const tokenOf = (request: Json): string =>
  textOf(memberOf(memberOf(request, 'credentials'), 'oidcIdentityToken'));

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  isJsonObject(value) ? value[key] : undefined;

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

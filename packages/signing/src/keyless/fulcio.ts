import { createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { SigningError } from '../error.ts';
import { memberOf } from '../json.ts';
import { pemBlocks, pemBytes } from '../pem.ts';
import { type Certificate, identityIn, readCertificate } from './certificate.ts';
import { type IdToken, toleratedSkewMs } from './id-token.ts';
import { type AskOptions, ask, failureOf, parseAnswer, type Service } from './service.ts';

/**
 * Has Fulcio certify the public half of a key for who the token says, and sees that it did: for this key, this identity, and now.
 * https://github.com/sigstore/fulcio/blob/v1.8.0/fulcio.proto
 */
export async function requestCertificate(
  service: Service,
  token: IdToken,
  { key, now, limits, signal }: AskOptions & { readonly key: KeyObject; readonly now: () => Date },
): Promise<Certificate> {
  const publicKey = createPublicKey(key);
  const proof = sign('sha256', Buffer.from(token.challenge), key);
  const { bytes } = await ask(service, {
    path: '/api/v2/signingCert',
    body: {
      credentials: { oidcIdentityToken: token.text },
      publicKeyRequest: {
        publicKey: {
          algorithm: 'ECDSA',
          content: publicKey.export({ type: 'spki', format: 'pem' }),
        },
        proofOfPossession: proof.toString('base64'),
      },
    },
    limits,
    signal,
    secret: token.text,
  });
  const certificate = parseCertificate(service, bytes);
  refuseOther(service, certificate, token, publicKey);
  refuseSkew(service, certificate, now());
  return certificate;
}

/** The chains that Fulcio publishes, of all its roots; each DER, the root last. */
export async function fetchTrustBundle(
  service: Service,
  options: AskOptions,
): Promise<readonly (readonly Buffer[])[]> {
  const { bytes } = await ask(service, { path: '/api/v2/trustBundle', ...options });
  const chains = memberOf(parseAnswer(service, bytes, 'its chains'), 'chains');
  const found = (Array.isArray(chains) ? chains : []).map((chain) => certificatesIn(chain));
  const whole = found.filter((chain) => chain.length > 0);
  if (whole.length === 0) throw failureOf(service, 'publishes no chain of certificates');
  return whole;
}

function parseCertificate(service: Service, bytes: Buffer): Certificate {
  const answer = parseAnswer(service, bytes, 'a certificate');
  // Where the proof of a certificate's being logged is: in it, or beside it.
  const signed =
    memberOf(answer, 'signedCertificateEmbeddedSct') ??
    memberOf(answer, 'signedCertificateDetachedSct');
  const [leaf, ...chain] = certificatesIn(memberOf(signed, 'chain'));
  try {
    if (leaf !== undefined) return readCertificate(leaf, chain);
  } catch (cause) {
    throw failureOf(service, 'answered with a certificate that cannot be read', cause);
  }
  throw failureOf(service, 'answered with something else than a certificate');
}

function certificatesIn(chain: unknown): Buffer[] {
  const texts = memberOf(chain, 'certificates');
  return (Array.isArray(texts) ? texts : []).flatMap((text) =>
    typeof text === 'string' ? pemBlocks(text).map(pemBytes) : [],
  );
}

function refuseOther(
  service: Service,
  { der }: Certificate,
  { identity, issuer }: IdToken,
  key: KeyObject,
): void {
  if (!new X509Certificate(der).publicKey.equals(key)) {
    throw failureOf(service, 'answered with a certificate of another key');
  }
  const found = identityIn(der);
  if (found.identity === identity && found.issuer === issuer) return;
  const what = `certified "${found.identity}" (${found.issuer}), not "${identity}" (${issuer})`;
  throw failureOf(service, what);
}

function refuseSkew({ url }: Service, { validFrom, validTo }: Certificate, now: Date): void {
  const early = validFrom.getTime() - now.getTime() > toleratedSkewMs;
  if (!early && validTo > now) return;
  const says = early ? `not before ${validFrom.toISOString()}` : `until ${validTo.toISOString()}`;
  throw new SigningError(
    'CLOCK_SKEW',
    `the certificate of Fulcio at ${url.host} is good ${says}, and the clock here says ${now.toISOString()}`,
    { hint: 'Set the clock of the runner, e.g. by NTP, and run the job again.' },
  );
}

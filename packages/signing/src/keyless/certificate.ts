import { createHash, X509Certificate } from 'node:crypto';
import { toDSSEBundle } from '@sigstore/bundle';
import { toSignedEntity } from '@sigstore/verify';

/** What Fulcio signed: a key, for one identity, for some minutes. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  /** The certificates above it, PEM, the root last; empty where Fulcio gave none. */
  readonly chain: string;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** Who a certificate is for. */
export interface CertificateIdentity {
  readonly identity: string;
  readonly issuer: string;
}

// https://github.com/sigstore/fulcio/blob/v1.8.0/docs/oid-info.md
const issuerExtension = '1.3.6.1.4.1.57264.1.8';
const olderIssuerExtension = '1.3.6.1.4.1.57264.1.1';

/** Reads a certificate in DER; throws what the parsers throw. */
export function readCertificate(der: Buffer, chain: readonly Buffer[] = []): Certificate {
  const { validFromDate: validFrom, validToDate: validTo } = new X509Certificate(der);
  return { der, pem: pemOf(der), chain: chain.map(pemOf).join(''), validFrom, validTo };
}

/** Who a certificate names: its subject alternative name, and who vouched for it; empty where it does not say. */
export function identityIn(der: Buffer): CertificateIdentity {
  const nothing = Buffer.alloc(0);
  const empty = { artifact: nothing, artifactType: '', signature: nothing };
  const { key } = toSignedEntity(toDSSEBundle({ ...empty, certificate: der }));
  if (key.$case !== 'certificate') return { identity: '', issuer: '' };
  const { certificate } = key;
  const current = certificate.extension(issuerExtension)?.valueObj.subs[0]?.value;
  const issuer = current ?? certificate.extension(olderIssuerExtension)?.value;
  return { identity: certificate.subjectAltName ?? '', issuer: issuer?.toString() ?? '' };
}

/** A certificate as text, in lines of 64 characters as RFC 7468 has them. */
export function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

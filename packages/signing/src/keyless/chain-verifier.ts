import { X509Certificate } from 'node:crypto';
import type { Bundle } from '@sigstore/bundle';
import { type SignedEntity, toSignedEntity } from '@sigstore/verify';
import { identityIn, sha256 } from './certificate.ts';

/**
 * Checks a signature against chains of certificates alone, each DER with the root last: that the certificate is of one of them
 * and was valid whenever a log or an authority says that it saw the signature, whose word is taken for that. Gives
 * who the certificate names; throws where something does not hold.
 */
export function verifyByChains(
  bundle: Bundle,
  payload: Buffer,
  chains: readonly (readonly Buffer[])[],
): { readonly identity: string; readonly issuer: string } {
  const { content } = bundle.verificationMaterial;
  if (content.$case !== 'certificate') throw new Error('it is not of a certificate');
  const der = content.certificate.rawBytes;
  const leaf = new X509Certificate(der);
  const entity = toSignedEntity(bundle, payload);
  const times = timesOf(entity);
  if (times.length === 0) throw new Error('neither a log nor an authority for timestamps saw it');
  const holds = chains.some((chain) => {
    const path = [leaf, ...chain.map((certificate) => new X509Certificate(certificate))];
    return isChain(path) && times.every((time) => isValid(path, time));
  });
  if (!holds) {
    const when = times.map((time) => time.toISOString()).join(' and ');
    throw new Error(`its certificate is not of this authority, or was not valid at ${when}`);
  }
  if (!entity.signature.verifySignature(leaf.publicKey)) {
    throw new Error('it is not of the key in its certificate, or its content was changed');
  }
  return identityIn(der);
}

function timesOf({ timestamps, signature }: SignedEntity): Date[] {
  const digest = sha256(signature.signature);
  return timestamps.map((stamp) => {
    if (stamp.$case === 'transparency-log') {
      return new Date(Number(stamp.tlogEntry.integratedTime) * 1000);
    }
    const { tstInfo, signingTime } = stamp.timestamp;
    if (tstInfo.messageImprintHashedMessage.equals(digest)) return signingTime;
    throw new Error('a timestamp is of another signature');
  });
}

// The last one is a root, which issued itself.
const isChain = (path: readonly X509Certificate[]): boolean =>
  path.length > 1 &&
  path.every((certificate, index) => {
    const issuer = path[index + 1] ?? certificate;
    const isIssued = certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
    return isIssued && (index === 0 || certificate.ca);
  });

// Written so that a time that is none is outside.
const isValid = (path: readonly X509Certificate[], time: Date): boolean =>
  path.every(({ validFromDate, validToDate }) => validFromDate <= time && time <= validToDate);

import { type KeyObject, sign } from 'node:crypto';
import {
  type Bundle,
  type BundleWithDsseEnvelope,
  type BundleWithMessageSignature,
  toDSSEBundle,
  toMessageSignatureBundle,
} from '@sigstore/bundle';
import { preAuthEncoding } from '../dsse.ts';
import { statementPayloadType } from '../statement.ts';
import { type Certificate, sha256 } from './certificate.ts';

/** What signs, and the certificate of it. */
export interface Certified {
  readonly key: KeyObject;
  readonly certificate: Certificate;
}

/** Signs a statement in an envelope; nobody has seen it yet. */
export const signStatement = (
  statement: Uint8Array,
  { key, certificate }: Certified,
): BundleWithDsseEnvelope =>
  toDSSEBundle({
    artifact: Buffer.from(statement),
    artifactType: statementPayloadType,
    signature: sign('sha256', preAuthEncoding(statementPayloadType, statement), key),
    certificate: certificate.der,
  });

/** Signs a payload as it is; nobody has seen it yet. */
export const signPayload = (
  payload: Uint8Array,
  { key, certificate }: Certified,
): BundleWithMessageSignature =>
  toMessageSignatureBundle({
    digest: sha256(payload),
    signature: sign('sha256', payload, key),
    certificate: certificate.der,
  });

export const signatureOf = ({ content }: Bundle): Buffer =>
  content.$case === 'dsseEnvelope'
    ? (content.dsseEnvelope.signatures[0]?.sig ?? Buffer.alloc(0))
    : content.messageSignature.signature;

import type { Annotations } from '@oci-matrix/oci';
import {
  type BundleWithMessageSignature,
  type TransparencyLogEntry,
  toMessageSignatureBundle,
} from '@sigstore/bundle';
import { invalid } from '../invalid.ts';
import { memberOf, parseDocument } from '../json.ts';
import { pemBlocks, pemBytes } from '../pem.ts';
import type { LegacySignature } from '../signer.ts';
import { signatureAnnotation } from '../simple-signing.ts';
import { type Certificate, sha256 } from './certificate.ts';

// https://github.com/sigstore/cosign/blob/v3.1.2/specs/SIGNATURE_SPEC.md#properties
const certificateAnnotation = 'dev.sigstore.cosign/certificate';
const chainAnnotation = 'dev.sigstore.cosign/chain';
const logAnnotation = 'dev.sigstore.cosign/bundle';
const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp';

/** What proves a signature, as cosign writes it beside the payload. */
export function legacyAnnotations(
  { content, verificationMaterial }: BundleWithMessageSignature,
  { pem, chain }: Certificate,
): Annotations {
  const [entry] = verificationMaterial.tlogEntries;
  const [stamp] = verificationMaterial.timestampVerificationData?.rfc3161Timestamps ?? [];
  return {
    [signatureAnnotation]: base64(content.messageSignature.signature),
    [certificateAnnotation]: pem,
    ...(chain === '' ? {} : { [chainAnnotation]: chain }),
    ...(entry === undefined ? {} : { [logAnnotation]: JSON.stringify(rekorBundle(entry)) }),
    ...(stamp === undefined
      ? {}
      : {
          [timestampAnnotation]: JSON.stringify({
            SignedRFC3161Timestamp: base64(stamp.signedTimestamp),
          }),
        }),
  };
}

const rekorBundle = (entry: TransparencyLogEntry) => ({
  SignedEntryTimestamp: base64(entry.inclusionPromise?.signedEntryTimestamp ?? Buffer.alloc(0)),
  Payload: {
    body: base64(entry.canonicalizedBody),
    integratedTime: Number(entry.integratedTime),
    logIndex: Number(entry.logIndex),
    logID: entry.logId.keyId.toString('hex'),
  },
});

/** Makes of a legacy signature the bundle that it would be; throws `SIGNATURE_INVALID`. Nothing in it is verified by that. */
export function bundleOfLegacy(legacy: LegacySignature): BundleWithMessageSignature {
  const { payload, annotations } = legacy;
  const text = annotations[signatureAnnotation];
  if (text === undefined) throw invalid(`has no annotation ${signatureAnnotation}`);
  const [certificate] = pemBlocks(annotations[certificateAnnotation] ?? '');
  if (certificate === undefined) throw invalid('is of a key, not of a certificate');
  const bundle = toMessageSignatureBundle({
    digest: sha256(payload),
    signature: Buffer.from(text, 'base64'),
    certificate: pemBytes(certificate),
  });
  const log = annotations[logAnnotation];
  const stamp = annotations[timestampAnnotation];
  const material = bundle.verificationMaterial;
  material.tlogEntries = log === undefined ? [] : [entryOf(document(log, 'an entry of a log'))];
  material.timestampVerificationData = {
    rfc3161Timestamps: stamp === undefined ? [] : [stampOf(document(stamp, 'a timestamp'))],
  };
  return bundle;
}

const document = (text: string, what: string): unknown => parseDocument(Buffer.from(text), what);

function entryOf(log: unknown): TransparencyLogEntry {
  const payload = memberOf(log, 'Payload');
  const canonicalizedBody = bytesIn(payload, 'body');
  const body = parseDocument(canonicalizedBody, 'the content of an entry of a log');
  return {
    logIndex: String(memberOf(payload, 'logIndex')),
    logId: { keyId: Buffer.from(String(memberOf(payload, 'logID')), 'hex') },
    integratedTime: String(memberOf(payload, 'integratedTime')),
    kindVersion: {
      kind: String(memberOf(body, 'kind')),
      version: String(memberOf(body, 'apiVersion')),
    },
    canonicalizedBody,
    inclusionPromise: { signedEntryTimestamp: bytesIn(log, 'SignedEntryTimestamp') },
    inclusionProof: undefined,
  };
}

const stampOf = (stamp: unknown) => ({
  signedTimestamp: bytesIn(stamp, 'SignedRFC3161Timestamp'),
});

const bytesIn = (value: unknown, key: string): Buffer<ArrayBuffer> =>
  Buffer.from(String(memberOf(value, key) ?? ''), 'base64');

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

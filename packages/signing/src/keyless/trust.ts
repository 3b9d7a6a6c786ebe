import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';
import { SigningError } from '../error.ts';
import { memberOf } from '../json.ts';

type TrustedRoot = Parameters<typeof toTrustMaterial>[0];

/** PKCS1_RSA_PKCS1V5 and PKIX_ECDSA_P256_SHA_256: https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_common.proto */
const keyDetails = { rsa: 1, ecdsa: 5 };

/**
 * Reads a trusted_root.json: whose certificates, logs and timestamps hold. Throws `KEY_INVALID`.
 * https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_trustroot.proto
 */
export function parseTrustedRoot(text: string): TrustMaterial {
  try {
    const root: unknown = JSON.parse(text, revive);
    const [certificateAuthorities, timestampAuthorities, tlogs, ctlogs] = [
      ...['certificateAuthorities', 'timestampAuthorities', 'tlogs', 'ctlogs'],
    ].map((name) => listIn(root, name));
    const lists = { certificateAuthorities, timestampAuthorities, tlogs, ctlogs };
    // What is not of this form makes the conversion throw.
    const material = toTrustMaterial({ mediaType: '', ...lists } as TrustedRoot);
    if (material.certificateAuthorities.length > 0) return material;
  } catch (cause) {
    throw unfit('it cannot be read', cause);
  }
  throw unfit('it has no certificate authority');
}

// JSON has bytes as base64, times as text and enums by name.
function revive(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (key === 'rawBytes' || key === 'keyId') return Buffer.from(value, 'base64');
  if (key === 'start' || key === 'end') return dateOf(value);
  if (key !== 'keyDetails') return value;
  return /^(?:PKCS1_|PKIX_RSA_PKCS1)/.test(value) ? keyDetails.rsa : keyDetails.ecdsa;
}

function dateOf(text: string): Date {
  const date = new Date(text);
  // A date that compares false with all others would end no validity.
  if (Number.isNaN(date.getTime())) throw new RangeError(`not a time: ${text}`);
  return date;
}

function listIn(root: unknown, name: string): unknown[] {
  const list = memberOf(root, name) ?? [];
  if (!Array.isArray(list)) throw new TypeError(`${name} is no list`);
  return list;
}

const unfit = (what: string, cause?: unknown): SigningError =>
  new SigningError('KEY_INVALID', `this is no trusted root: ${what}`, {
    cause,
    hint: 'Give the text of a trusted_root.json, as "cosign trusted-root create" writes it, or "gh attestation trusted-root".',
  });

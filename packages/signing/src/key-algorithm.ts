import type { KeyObject } from 'node:crypto';
import { SigningError } from './error.ts';

/** What a signature of a key is made over: the hashes that are accepted of it, of which ours have the first. */
export interface KeyAlgorithm {
  /** As errors name it. */
  readonly name: string;
  /** Null where the algorithm hashes by itself. */
  readonly hashes: readonly ('sha256' | 'sha384' | null)[];
  /** Of ECDSA: how many bytes each of its two numbers has. */
  readonly fieldSize?: number;
}

const minModulus = 2048;

/** Tells the algorithm of a key, and refuses one that cosign or we cannot use: `KEY_INVALID`. */
export function algorithmOfKey({
  asymmetricKeyType,
  asymmetricKeyDetails,
}: KeyObject): KeyAlgorithm {
  switch (asymmetricKeyType) {
    case 'ed25519':
      return { name: 'Ed25519', hashes: [null] };
    case 'rsa':
      return rsa(asymmetricKeyDetails?.modulusLength ?? 0);
    case 'ec':
      return ecdsa(asymmetricKeyDetails?.namedCurve ?? 'an unnamed curve');
    default:
      throw unsupported(`${asymmetricKeyType ?? 'no public key algorithm'}`);
  }
}

function rsa(bits: number): KeyAlgorithm {
  if (bits < minModulus)
    throw unsupported(`RSA of ${bits} bits, at least ${minModulus} are needed`);
  return { name: `RSA of ${bits} bits`, hashes: ['sha256'] };
}

function ecdsa(curve: string): KeyAlgorithm {
  switch (curve) {
    case 'prime256v1':
      return { name: 'ECDSA P-256', hashes: ['sha256'], fieldSize: 32 };
    case 'secp384r1':
      // `cosign verify --key` expects SHA-256 of every curve; SHA-384 is what `cosign sign` and cloud KMS make with this one.
      return { name: 'ECDSA P-384', hashes: ['sha256', 'sha384'], fieldSize: 48 };
    default:
      throw unsupported(`ECDSA on ${curve}`);
  }
}

const unsupported = (found: string): SigningError =>
  new SigningError('KEY_INVALID', `the key is ${found}`, {
    hint: 'Use a key of ECDSA P-256 or P-384, of RSA with 2048 bits or more, or of Ed25519.',
  });

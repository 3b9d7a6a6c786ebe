import type { Digest } from '@oci-matrix/oci';
import type { SignedBy } from '@oci-matrix/signing';
import pMap from 'p-map';
import type { RecordedSignature } from '../record.ts';
import { type SignManifestOptions, signManifest } from './sign-manifest.ts';
import type { StoredSignature } from './stored-signature.ts';
import { verifyCommand } from './verify-command.ts';

export interface SignManifestsOptions extends Omit<SignManifestOptions, 'digest'> {
  readonly digests: readonly Digest[];
  /** True where the signatures go into a transparency log. */
  readonly logged: boolean;
}

/** A signature, with all that is told of it. */
export interface ToldSignature extends StoredSignature {
  readonly signedBy: SignedBy;
  /** What a person types to verify it. */
  readonly verify: string;
}

// Digests at a time; the client bounds the requests of all of them together.
const atOnce = 8;

/** Signs several manifests of a repository, each once, and tells how to verify each. */
export async function signManifests(options: SignManifestsOptions): Promise<ToldSignature[]> {
  const { digests, repository, signer, logged } = options;
  const signed = await pMap(new Set(digests), (digest) => signManifest({ ...options, digest }), {
    concurrency: atOnce,
  });
  const distinct = new Map(signed.flat().map((one) => [`${one.format} ${one.subject}`, one]));
  const { signedBy } = signer;
  return [...distinct.values()].map((one) => ({
    ...one,
    signedBy,
    verify: verifyCommand({ image: repository.name, digest: one.subject, signedBy, logged }),
  }));
}

/** What a record keeps of signatures; a dry run made none. */
export const recordedSignatures = (signatures: readonly ToldSignature[]): RecordedSignature[] =>
  signatures.flatMap(({ subject, format, descriptor, signedBy }) =>
    descriptor === undefined ? [] : [{ subject, format, descriptor, signedBy }],
  );

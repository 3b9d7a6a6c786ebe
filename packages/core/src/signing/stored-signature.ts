import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { LegacySignature } from '@oci-matrix/signing';
import type { SignatureFormat } from './formats.ts';

/** What a verifier looks at. */
export type SignatureContent =
  | { readonly format: 'bundle'; readonly bytes: Uint8Array }
  | { readonly format: 'legacy'; readonly signature: LegacySignature };

/** A signature that was found in a registry. */
export interface FoundSignature {
  readonly format: SignatureFormat;
  /** The manifest that holds it; a legacy one may hold others too. */
  readonly descriptor: Descriptor;
  /** By digest, or by the tag of the legacy ones. */
  readonly reference: string;
}

/** A signature with its content. */
export type ReadSignature = FoundSignature & SignatureContent;

/** What became of the signature of one manifest in one format. */
export interface StoredSignature {
  readonly subject: Digest;
  readonly format: SignatureFormat;
  /** `present` if one that holds was there: then nothing was signed. */
  readonly outcome: 'signed' | 'present';
  /** The manifest that holds it, as it was read back. Absent for what a dry run would sign. */
  readonly descriptor?: Descriptor;
  /** By digest, or by the tag of the legacy ones. Absent for a bundle that a dry run would make. */
  readonly reference?: string;
  /** The Sigstore bundle as JSON, as the registry gave it back; of that format alone. */
  readonly bundle?: Uint8Array;
}

import type { Annotations, Digest, RepositoryName } from '@oci-matrix/oci';

/** What is signed: a manifest by its digest, and the image that it was pushed to. */
export interface SigningSubject {
  readonly image: RepositoryName;
  readonly digest: Digest;
}

export interface SignOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A signature in cosign's older form: a layer of the image that the tag `sha256-<hex>.sig` names. */
export interface LegacySignature {
  /** The simple-signing document, the bytes that were signed. */
  readonly payload: Uint8Array;
  /** Of the layer: the signature, and what proves a keyless one. */
  readonly annotations: Annotations;
}

/** Tells whether a signature is of one signer and for one digest. Throws `SIGNATURE_INVALID` where it is not. */
export interface Verifier {
  /** Of a Sigstore bundle v0.3, as JSON. */
  bundle(bytes: Uint8Array, digest: Digest): Promise<void>;
  legacy(signature: LegacySignature, digest: Digest): Promise<void>;
}

/** Who signed: a public key, or what a certificate says. */
export type SignedBy =
  /** `key` is the SHA-256 of the DER of the public key, `sha256:…`. */
  { readonly key: Digest } | { readonly identity: string; readonly issuer: string };

/** What signs: a key, a command or an identity. */
export interface Signer {
  readonly signedBy: SignedBy;
  /** PEM of the key that others verify with; absent of an identity. */
  readonly publicKey?: string;
  readonly verifier: Verifier;
  /** Makes a Sigstore bundle v0.3, as JSON, around cosign's statement of the digest. */
  bundle(subject: SigningSubject, options?: SignOptions): Promise<Uint8Array>;
  legacy(subject: SigningSubject, options?: SignOptions): Promise<LegacySignature>;
}

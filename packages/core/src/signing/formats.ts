import { algorithmOf, type Digest, encodedOf, isTag } from '@oci-matrix/oci';

/** How a signature is kept: as a referrer of what is signed, or at a tag that is made of its digest. */
export type SignatureFormat = 'bundle' | 'legacy';

/** Of the one layer and of the manifest around it: https://github.com/sigstore/cosign/blob/v3.1.2/specs/BUNDLE_SPEC.md */
export const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** What cosign states in a bundle of a signature; others are attestations. */
export const signPredicate = 'https://sigstore.dev/cosign/sign/v1';

/** https://github.com/sigstore/cosign/blob/v3.1.2/specs/SIGNATURE_SPEC.md#simple-signing */
export const simpleSigningType = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** Of a legacy layer, in base64. */
export const signatureAnnotation = 'dev.cosignproject.cosign/signature';

/** What is read of the signatures of one format and one digest: a list without an end is not walked (CVE-2023-46737). */
export const maxSignatures = 100;

/** Of one signature, in bytes. */
export const maxSignatureSize = 1024 * 1024;

/** Where the legacy signatures of a digest are; undefined for a sha512 digest, which is too long for a tag. */
export function legacyTag(digest: Digest): string | undefined {
  const tag = `${algorithmOf(digest)}-${encodedOf(digest)}.sig`;
  return isTag(tag) ? tag : undefined;
}

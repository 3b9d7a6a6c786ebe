import { type Digest, type RepositoryName, shown } from '@oci-matrix/oci';
import { invalid } from './invalid.ts';
import { memberOf, parseDocument } from './json.ts';
import type { SigningSubject } from './signer.ts';

/** Of the layer that has the payload of a legacy signature. https://github.com/sigstore/cosign/blob/v3.1.2/specs/SIGNATURE_SPEC.md */
export const simpleSigningMediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';

/** Of that layer: the signature of its bytes, in base64. */
export const signatureAnnotation = 'dev.cosignproject.cosign/signature';

const type = 'cosign container image signature';

/** The payload of a legacy signature, its members in cosign's order: the same bytes for the same subject. */
export function simpleSigningPayload({ image, digest }: SigningSubject): Uint8Array {
  const identity = { 'docker-reference': dockerReference(image) };
  const critical = { identity, image: { 'docker-manifest-digest': digest }, type };
  return new TextEncoder().encode(JSON.stringify({ critical, optional: null }));
}

// Docker Hub's name in signatures is the one of its registry, as cosign has it.
const dockerReference = ({ registry, repository }: RepositoryName): string =>
  `${registry === 'docker.io' ? 'index.docker.io' : registry}/${repository}`;

/** Checks that a payload is a container signature of the digest; throws `SIGNATURE_INVALID`. Who signed it is another question. */
export function checkSimpleSigning(payload: Uint8Array, digest: Digest): void {
  const critical = memberOf(parseDocument(payload, 'a payload'), 'critical');
  const found = memberOf(critical, 'type');
  if (found !== type) throw invalid(`has a payload of the type ${shown(found)}, not "${type}"`);
  const signed = memberOf(memberOf(critical, 'image'), 'docker-manifest-digest');
  if (signed !== digest) throw invalid(`is of ${shown(signed)}, not of ${digest}`);
}

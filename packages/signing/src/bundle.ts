import { shown } from '@oci-matrix/oci';
import {
  BUNDLE_V03_MEDIA_TYPE,
  type BundleWithDsseEnvelope,
  bundleFromJSON,
  bundleToJSON,
  isBundleWithDsseEnvelope,
  toDSSEBundle,
} from '@sigstore/bundle';
import { invalid } from './invalid.ts';
import { memberOf, parseDocument } from './json.ts';
import { statementPayloadType } from './statement.ts';

/** What a bundle is called, as a file, a layer and an artifact. https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_bundle.proto */
export const bundleMediaType = BUNDLE_V03_MEDIA_TYPE;

/** Makes the bundle of a statement that a key signed: the same bytes for the same signature, with what cosign writes and no more. */
export function keyBundle(
  statement: Uint8Array,
  signature: Uint8Array,
  keyHint: string,
): Uint8Array {
  const payload = Buffer.from(statement);
  const sig = Buffer.from(signature);
  const options = {
    artifact: payload,
    artifactType: statementPayloadType,
    signature: sig,
    keyHint,
  };
  const { verificationMaterial, ...bundle } = toDSSEBundle(options);
  const signatures = [{ sig, keyid: '' }];
  return bundleBytes({
    ...bundle,
    verificationMaterial: { ...verificationMaterial, timestampVerificationData: undefined },
    content: {
      $case: 'dsseEnvelope',
      dsseEnvelope: { payload, payloadType: statementPayloadType, signatures },
    },
  });
}

/** A bundle as it is stored. */
export const bundleBytes = (bundle: BundleWithDsseEnvelope): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(bundleToJSON(bundle)));

/** Reads a bundle with one signed envelope; throws `SIGNATURE_INVALID`. Nothing in it is verified by that. */
export function parseBundle(bytes: Uint8Array): BundleWithDsseEnvelope {
  const document = parseDocument(bytes, 'a bundle');
  const mediaType = memberOf(document, 'mediaType');
  if (mediaType !== bundleMediaType) {
    throw invalid(`has a bundle of the type ${shown(mediaType)}, not "${bundleMediaType}"`);
  }
  const bundle = fromJson(document);
  if (!isBundleWithDsseEnvelope(bundle)) throw invalid('has a bundle without an envelope');
  return bundle;
}

function fromJson(document: unknown): ReturnType<typeof bundleFromJSON> {
  try {
    return bundleFromJSON(document);
  } catch (cause) {
    throw invalid('has a bundle that breaks its schema', cause);
  }
}

import { canonicalText, type Descriptor, descriptorOf, formatReference } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { addToLegacy } from './add-to-legacy.ts';
import { legacyTag, maxSignatureSize, simpleSigningType } from './formats.ts';
import { pushBytes } from './push-bytes.ts';
import { type LegacyImage, readLegacyImage } from './read-legacy.ts';
import { lost, type StoreOptions } from './store-options.ts';
import type { ReadSignature } from './stored-signature.ts';

/** Where the legacy signatures of a manifest go. Throws `INPUT_INVALID` where its digest is too long for a tag. */
export function tagFor({ digest }: Descriptor): string {
  const tag = legacyTag(digest);
  if (tag !== undefined) return tag;
  throw new MatrixError(
    'INPUT_INVALID',
    `${digest} cannot be signed in the format legacy, whose tag would be too long`,
    { hint: 'Sign it in the format "bundle", or push it with a sha256 digest.' },
  );
}

/** Signs in cosign's older format, adds that to what is at the tag, and reads it back. */
export async function storeLegacy(
  subject: Descriptor,
  seen: LegacyImage | undefined,
  { repository, signer, clock, signal }: StoreOptions,
): Promise<ReadSignature> {
  const { name, blobs } = repository;
  const { digest } = subject;
  const tag = tagFor(subject);
  const { payload, annotations } = await signer.legacy({ image: name, digest }, { signal });
  const blob = descriptorOf(payload, simpleSigningType);
  await pushBytes(repository, blob, payload, signal);
  const layer = canonicalText({ ...blob, annotations });
  const written = await addToLegacy({ repository, tag, layers: [layer], seen, clock, signal });

  const back = await readLegacyImage(repository, written.digest, { signal });
  const stored = back?.image.layers.find((one) => canonicalText(one) === layer);
  if (stored === undefined) throw lost(name, written.digest, digest);
  const bytes = await blobs.fetchBytes(stored, maxSignatureSize, { signal });
  const signature = { payload: bytes, annotations: stored.annotations ?? {} };
  await signer.verifier.legacy(signature, digest);
  const reference = formatReference({ ...name, tag });
  return { format: 'legacy', descriptor: written, reference, signature };
}

import {
  algorithmOf,
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  emptyDescriptor,
  encodedOf,
  mediaTypes,
} from '@oci-matrix/oci';
import { explained } from './explained.ts';
import { bundleType, signPredicate } from './formats.ts';
import { verify } from './holds.ts';
import { pushBytes } from './push-bytes.ts';
import { readBundle } from './read-bundles.ts';
import { lost, type StoreOptions } from './store-options.ts';
import type { ReadSignature } from './stored-signature.ts';

/**
 * Signs in a bundle, pushes that as a referrer of what is signed, and reads it back. It gets no tag of its own: without a
 * referrers API the index at the fallback tag names it, so it is as safe from garbage collection as the entries of any
 * index; cosign looks nowhere else; and a tag for every signature would drown those that people look for.
 */
export async function storeBundle(
  subject: Descriptor,
  { repository, signer, pushEmpty, clock, signal }: StoreOptions,
): Promise<ReadSignature> {
  const { name, manifests } = repository;
  const { digest } = subject;
  const bytes = await signer.bundle({ image: name, digest }, { signal });
  const layer = descriptorOf(bytes, bundleType);
  await Promise.all([pushEmpty(), pushBytes(repository, layer, bytes, signal)]);
  const manifest = canonicalBytes(bundleManifest(subject, layer, new Date(clock.now())));
  const pushed = await manifests
    .push(manifest, mediaTypes.imageManifest, { signal })
    .catch((error: unknown) => {
      const tag = `${algorithmOf(digest)}-${encodedOf(digest).slice(0, 64)}`;
      throw explained(error, name, tag, digest);
    });

  const back = await readBundle(repository, pushed.digest, { signal });
  if (back === undefined) throw lost(name, pushed.digest, digest);
  await verify(back, digest, signer.verifier);
  return back;
}

// As cosign 3 has it: https://github.com/sigstore/cosign/blob/v3.1.2/specs/BUNDLE_SPEC.md
const bundleManifest = ({ mediaType, digest, size }: Descriptor, layer: Descriptor, now: Date) => ({
  schemaVersion: 2,
  mediaType: mediaTypes.imageManifest,
  artifactType: bundleType,
  config: emptyDescriptor,
  layers: [layer],
  subject: { mediaType, digest, size },
  annotations: {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    'dev.sigstore.bundle.predicateType': signPredicate,
    'org.opencontainers.image.created': now.toISOString().replace(/\.\d+Z$/, 'Z'),
  },
});

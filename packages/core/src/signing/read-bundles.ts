import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, type Digest, formatReference, mediaTypes } from '@oci-matrix/oci';
import { maxSignatureSize, maxSignatures, signPredicate } from './formats.ts';
import type { ReadSignature } from './stored-signature.ts';
import { unlessBroken } from './unless-broken.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** The bundles that refer to a digest, the last of the list first; each is fetched when it is asked for. */
export async function* readBundles(
  repository: Repository,
  digest: Digest,
  { signal }: ReadOptions = {},
): AsyncGenerator<ReadSignature> {
  const listed = await repository.referrers.list(digest, { signal });
  const mayBe = listed.filter(mayBeSignature).slice(-maxSignatures).reverse();
  for (const { digest: at } of mayBe) {
    const read = await unlessBroken(readBundle(repository, at, { signal }));
    if (read !== undefined) yield read;
  }
}

/** The bundle in a manifest, whatever it is of; undefined where that has none. */
export async function readBundle(
  { manifests, blobs, name }: Repository,
  at: Digest,
  { signal }: ReadOptions,
): Promise<ReadSignature | undefined> {
  const found = await manifests.fetch(at, { signal });
  if (found?.manifest.kind !== 'image') return undefined;
  const [layer, ...more] = found.manifest.image.layers;
  if (layer === undefined || more.length > 0 || !isBundleType(layer.mediaType)) return undefined;
  const bytes = await blobs.fetchBytes(layer, maxSignatureSize, { signal });
  const reference = formatReference({ ...name, digest: at });
  return { format: 'bundle', bytes, descriptor: found.descriptor, reference };
}

// Other tools put the type of the config where there is no other, or leave it out; what the list says is only a hint.
function mayBeSignature({ artifactType = mediaTypes.empty, annotations }: Descriptor): boolean {
  const predicate = annotations?.['dev.sigstore.bundle.predicateType'] ?? signPredicate;
  return (
    (artifactType === mediaTypes.empty || isBundleType(artifactType)) && predicate === signPredicate
  );
}

const isBundleType = (mediaType: string): boolean =>
  mediaType.startsWith('application/vnd.dev.sigstore.bundle');

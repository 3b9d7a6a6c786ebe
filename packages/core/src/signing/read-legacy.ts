import type { Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  elementSources,
  formatReference,
  type ImageManifest,
  memberSources,
} from '@oci-matrix/oci';
import { unlessUnlisted } from '../denied.ts';
import { MatrixError } from '../error.ts';
import {
  legacyTag,
  maxSignatureSize,
  maxSignatures,
  signatureAnnotation,
  simpleSigningType,
} from './formats.ts';
import type { ReadOptions } from './read-bundles.ts';
import type { ReadSignature } from './stored-signature.ts';
import { unlessBroken } from './unless-broken.ts';

/** The image whose layers are signatures. */
export interface LegacyImage {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
  readonly image: ImageManifest;
  /** The layers as their own JSON text. */
  readonly sources: readonly string[];
}

/** What the tag of the legacy signatures names; undefined where there is none. Throws `SOURCE_INVALID` if it is no image. */
export async function readLegacyImage(
  repository: Repository,
  tag: string,
  { signal }: ReadOptions,
): Promise<LegacyImage | undefined> {
  const asked = repository.manifests.fetch(tag, { signal });
  const found = await unlessUnlisted(repository, tag, asked);
  if (found === undefined) return undefined;
  const { descriptor, bytes, manifest } = found;
  if (manifest.kind === 'index') {
    throw new MatrixError(
      'SOURCE_INVALID',
      `${formatReference(repository.name)}:${tag} is an index, where cosign keeps signatures in an image`,
      { hint: 'Delete the tag if nothing needs it, or sign in the format "bundle".' },
    );
  }
  const layers = memberSources(new TextDecoder().decode(bytes)).get('layers') ?? '[]';
  return { descriptor, bytes, image: manifest.image, sources: elementSources(layers) };
}

/** The legacy signatures of a digest, the newest first; each is fetched when it is asked for. */
export async function* readLegacy(
  repository: Repository,
  digest: Digest,
  { signal }: ReadOptions = {},
): AsyncGenerator<ReadSignature> {
  const tag = legacyTag(digest);
  if (tag === undefined) return;
  const image = await unlessBroken(readLegacyImage(repository, tag, { signal }));
  if (image !== undefined) yield* signaturesOf(repository, tag, image, { signal });
}

/** The signatures in an image, the newest first: the last layer. */
export async function* signaturesOf(
  repository: Repository,
  tag: string,
  { descriptor, image: { layers } }: LegacyImage,
  { signal }: ReadOptions,
): AsyncGenerator<ReadSignature> {
  const reference = formatReference({ ...repository.name, tag });
  for (const layer of layers.slice(-maxSignatures).reverse()) {
    const { annotations = {}, mediaType } = layer;
    if (mediaType !== simpleSigningType || !annotations[signatureAnnotation]) continue;
    const fetching = repository.blobs.fetchBytes(layer, maxSignatureSize, { signal });
    const payload = await unlessBroken(fetching);
    if (payload === undefined) continue;
    yield { format: 'legacy', descriptor, reference, signature: { payload, annotations } };
  }
}

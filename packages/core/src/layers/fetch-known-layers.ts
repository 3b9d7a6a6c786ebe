import type { Repository } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from '../error.ts';
import { isPlatformLayersMeta, type PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { fetchLayersMeta } from '../layers-meta/read-layers-meta.ts';
import { unlessBroken } from '../signing/unless-broken.ts';
import { layersMetaType } from './fit/find-layers-meta.ts';

export interface FetchKnownLayersOptions {
  readonly repository: Repository;
  /** Of the image's manifest. */
  readonly digest: Digest;
  readonly signal?: AbortSignal | undefined;
}

// Each model and choice of block sizes adds one; whoever may push may add more.
const maxDocuments = 16;

/**
 * The documents that refer to an image, the last of the list first. One that cannot be read is none. They are as good as the
 * image: whoever may push it may say anything of it.
 */
export async function fetchKnownLayers({
  repository,
  digest,
  signal,
}: FetchKnownLayersOptions): Promise<PlatformLayersMeta[]> {
  const listed = await repository.referrers.list(digest, { artifactType: layersMetaType, signal });
  const newest = listed.slice(-maxDocuments).reverse();
  const read = await pMap(newest, (entry) => readDocuments(repository, entry.digest, digest), {
    concurrency: 4,
  });
  return read.flat();
}

async function readDocuments(
  repository: Repository,
  at: Digest,
  subject: Digest,
): Promise<readonly PlatformLayersMeta[]> {
  const found = await unlessBroken(repository.manifests.fetch(at));
  if (found?.manifest.kind !== 'image') return [];
  // What the registry lists is not believed: a manifest refers to what it says itself.
  const { subject: named, layers } = found.manifest.image;
  const [layer] = layers;
  if (named?.digest !== subject || layer === undefined) return [];
  try {
    const document = await unlessBroken(fetchLayersMeta(repository, layer, `${subject} by ${at}`));
    if (document === undefined) return [];
    return isPlatformLayersMeta(document) ? [document] : Object.values(document);
  } catch (error) {
    if (error instanceof MatrixError && error.code === 'LAYERS_META_INVALID') return [];
    throw error;
  }
}

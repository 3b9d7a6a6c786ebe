import type { Repository } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';
import { MatrixError } from '../../error.ts';
import type { LayersMeta } from '../../layers-meta/layers-meta.ts';
import { fetchLayersMeta } from '../../layers-meta/read-layers-meta.ts';
import { unlessBroken } from '../../signing/unless-broken.ts';
import type { App } from './app.ts';
import { appLayers } from './app-layers.ts';

/** What a manifest is called that has metadata of the layers of its subject. */
export const layersMetaType = 'application/vnd.oci-matrix.layers-meta.v1+json';

/** The most referrers that are read. */
const maxReferrers = 16;

export interface FindLayersMetaOptions {
  readonly repository: Repository;
  /** For messages. */
  readonly name: string;
  /** What the metadata may refer to: the index, and the manifest of one platform. */
  readonly subjects: readonly Digest[];
  /** The layers that it should know. */
  readonly digests: readonly Digest[];
  readonly architecture: string;
}

/** The metadata among the referrers that knows most of the layers, the first of equals; or why there is none. */
export async function findLayersMeta(
  options: FindLayersMetaOptions,
): Promise<Pick<App, 'document' | 'without'>> {
  const { repository, subjects } = options;
  const lists = await Promise.all(
    subjects.map((subject) => repository.referrers.list(subject, { artifactType: layersMetaType })),
  );
  const digests = [...new Set(lists.flat().map(({ digest }) => digest))].slice(0, maxReferrers);
  const read = await Promise.all(digests.map((digest) => readMeta(options, digest)));
  const documents = read.filter((one) => typeof one !== 'string');
  const known = (document: LayersMeta): number => knownLayers(document, options);
  const [best] = documents.toSorted((a, b) => known(b) - known(a));
  if (best !== undefined) return { document: best };
  return { without: read.find((one) => typeof one === 'string') ?? 'nothing measured it' };
}

// What cannot be read is no reason to stop: the device would estimate, too.
async function readMeta(
  { repository, name, subjects }: FindLayersMetaOptions,
  digest: Digest,
): Promise<LayersMeta | string> {
  try {
    const found = await unlessBroken(repository.manifests.fetch(digest));
    const image = found?.manifest.kind === 'image' ? found.manifest.image : undefined;
    // What the registry lists is not believed: a manifest refers to what it says itself.
    const refers = subjects.some((subject) => subject === image?.subject?.digest);
    const layer = refers ? image?.layers[0] : undefined;
    const document = layer && (await unlessBroken(fetchLayersMeta(repository, layer, name)));
    return document ?? `its metadata ${digest} is not what it should be`;
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    return error.message;
  }
}

function knownLayers(
  document: LayersMeta,
  { name, digests, architecture }: FindLayersMetaOptions,
): number {
  const layers = digests.map((digest) => ({ digest, size: 0 }));
  const seen = appLayers({ name, document, layers }, architecture, 'strict');
  return seen.layers.filter(({ meta }) => meta !== undefined).length;
}

import type { Client, FetchedManifest } from '@oci-matrix/distribution';
import {
  type Descriptor,
  formatReference,
  isImageConfigType,
  isManifestType,
  type Platform,
  parsePlatform,
  type Reference,
  selectByPlatform,
} from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from '../attestation.ts';
import { MatrixError } from '../error.ts';
import { maxConfigSize, platformOfConfig } from '../image-platform.ts';
import type { ImageReader, LoadedManifest } from '../image-reader.ts';
import { repositoryReader, unknownManifest } from '../repository-reader.ts';
import type { AppImage } from './restrict-layers-meta.ts';

/** Images of one App, architectures of its metadata, and indexes in indexes that are followed. */
const maxImages = 100;
const maxArchitectures = 64;
const maxDepth = 4;

/**
 * Reads which layers the images of an App have for some architectures. Each reference is resolved once, each document read once. Throws
 * `MANIFEST_UNKNOWN`, and `INPUT_INVALID` for what is no image.
 */
export async function appImages(
  client: Client,
  references: readonly Reference[],
  keys: readonly string[],
): Promise<AppImage[]> {
  refuseMany('only-layers-of', references.length, 'images', maxImages);
  refuseMany('the layer metadata', keys.length, 'architectures', maxArchitectures);
  const distinct = new Map(references.map((one) => [formatReference(one), one]));
  return pMap([...distinct.values()], (reference) => appImage(client, reference, keys), {
    concurrency: 4,
  });
}

function refuseMany(where: string, count: number, what: string, most: number): void {
  if (count <= most) return;
  throw new MatrixError('INPUT_INVALID', `${where} names ${count} ${what}, at most ${most} go`);
}

async function appImage(
  client: Client,
  reference: Reference,
  keys: readonly string[],
): Promise<AppImage> {
  const { registry, repository: path, tag = '', digest } = reference;
  const repository = client.repository({ registry, repository: path });
  const root = await repository.manifests.fetch(digest ?? tag);
  if (root === undefined) throw unknownManifest(formatReference(repository.name), digest ?? tag);
  const name = formatReference({ ...reference, digest: root.descriptor.digest });
  const image = { reader: repositoryReader(repository), name, root };
  const platform = await platformOfRoot(image);
  const found = await pMap(
    keys,
    async (key) => {
      const machine = parsePlatform(`linux/${key}`);
      const fits = platform === undefined || selectByPlatform([{ platform }], machine);
      const layers = fits ? await layersFor(image, root, machine) : undefined;
      return layers === undefined ? [] : [[key, layers] as const];
    },
    { concurrency: 4 },
  );
  return { name, layers: new Map(found.flat()) };
}

interface OpenedImage {
  readonly reader: ImageReader;
  /** For messages, with its digest. */
  readonly name: string;
  readonly root: FetchedManifest;
}

// The entries of an index say what they are for; an image alone says it in its config.
async function platformOfRoot({ reader, name, root }: OpenedImage): Promise<Platform | undefined> {
  if (root.manifest.kind === 'index') return undefined;
  const { config } = root.manifest.image;
  const platform = isImageConfigType(config.mediaType)
    ? platformOfConfig(await reader.read(config, maxConfigSize))
    : undefined;
  if (platform !== undefined) return platform;
  throw new MatrixError('INPUT_INVALID', `${name} in only-layers-of is no image of a platform`, {
    hint: 'Name the container images that the App runs, not the App or another artifact.',
  });
}

async function layersFor(
  image: OpenedImage,
  { manifest }: Pick<LoadedManifest, 'manifest'>,
  machine: Platform,
  depth = 0,
): Promise<readonly Descriptor[] | undefined> {
  if (manifest.kind === 'image') return manifest.image.layers;
  if (depth > maxDepth) {
    throw new MatrixError('INPUT_INVALID', `${image.name} has indexes more than ${maxDepth} deep`);
  }
  const entry = selectByPlatform(manifest.index.manifests.filter(isImage), machine);
  return entry && layersFor(image, await image.reader.load(entry), machine, depth + 1);
}

const isImage = (entry: Descriptor): boolean =>
  isManifestType(entry.mediaType) &&
  entry.artifactType === undefined &&
  attestationSubject(entry) === undefined;

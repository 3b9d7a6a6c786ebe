import { formatSize } from '@oci-matrix/github';
import {
  type Descriptor,
  formatPlatform,
  type ImageIndex,
  type ImageManifest,
  type Manifest,
  mediaTypes,
  parseManifest,
} from '@oci-matrix/oci';

export interface PublishedIndex {
  readonly digest: string;
  readonly index: ImageIndex;
  readonly manifests: readonly ImageManifest[];
}

const accept = [mediaTypes.imageIndex, mediaTypes.imageManifest].join(', ');

/** Fetches the index at a tag and every manifest that it names. */
export async function fetchPublished(
  registry: URL,
  repository: string,
  tag: string,
): Promise<PublishedIndex> {
  const read = async (reference: string): Promise<{ digest: string; manifest: Manifest }> => {
    const url = new URL(`/v2/${repository}/manifests/${reference}`, registry);
    const response = await fetch(url, { headers: { accept } });
    if (!response.ok) throw new Error(`GET ${url.pathname} answered ${response.status}`);
    const type = response.headers.get('content-type') ?? undefined;
    const manifest = parseManifest(await response.bytes(), type);
    return { digest: response.headers.get('docker-content-digest') ?? '', manifest };
  };
  const { digest, manifest } = await read(tag);
  if (manifest.kind !== 'index') throw new Error(`${tag} names no index`);
  const children = await Promise.all(manifest.index.manifests.map((entry) => read(entry.digest)));
  return {
    digest,
    index: manifest.index,
    manifests: children.flatMap((child) =>
      child.manifest.kind === 'image' ? [child.manifest.image] : [],
    ),
  };
}

/** The published index for people: tags, index, manifests, and of every manifest its largest blobs. */
export function renderTree(
  { digest, index, manifests }: PublishedIndex,
  tags: readonly string[],
  foreign: readonly Descriptor[],
): string {
  const isForeign = new Set(foreign.map((entry) => entry.digest));
  const lines = index.manifests.flatMap((entry, at) => {
    const last = at === index.manifests.length - 1;
    const origin = isForeign.has(entry.digest) ? ', foreign' : '';
    const branch = last ? '└─' : '├─';
    const image = manifests[at];
    const blobs = image === undefined ? [] : [...image.layers];
    const size = blobs.reduce((sum, blob) => sum + blob.size, 0);
    return [
      `${branch} ${nameOf(entry)}  ${short(entry.digest)}  ${countOf(blobs)}, ${formatSize(size)}${origin}`,
      `${last ? ' ' : '│'}  ${largestBlobs(blobs)}`,
    ];
  });
  return [
    `${tags.join(', ')} → ${digest}`,
    `image index, ${index.manifests.length} manifests, ${isForeign.size} of them foreign`,
    ...lines,
  ].join('\n');
}

function nameOf({ platform, annotations }: Descriptor): string {
  const name = annotations?.flavor;
  return [platform ? formatPlatform(platform) : 'any platform', name].filter(Boolean).join('  ');
}

const shownBlobs = 2;

function largestBlobs(blobs: readonly Descriptor[]): string {
  const largest = [...blobs].sort((a, b) => b.size - a.size);
  const shown = largest.slice(0, shownBlobs).map((blob) => {
    const title = blob.annotations?.['org.opencontainers.image.title'] ?? blob.mediaType;
    return `${title} ${formatSize(blob.size)}`;
  });
  const more = largest.length - shown.length;
  return [...shown, ...(more > 0 ? [`${more} smaller`] : [])].join(', ');
}

const short = (digest: string): string => digest.slice(0, 19);

const countOf = (blobs: readonly Descriptor[]): string =>
  blobs.length === 1 ? '1 blob' : `${blobs.length} blobs`;

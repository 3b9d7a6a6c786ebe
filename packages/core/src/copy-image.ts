import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, formatReference, isManifestType, type Manifest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { isElsewhere } from './elsewhere.ts';
import { MatrixError } from './error.ts';

export interface CopyImageOptions {
  readonly from: Repository;
  readonly to: Repository;
  /** What to copy: a manifest or an index. */
  readonly descriptor: Descriptor;
  /** True where one registry has both: blobs are then mounted. */
  readonly sameRegistry: boolean;
  /** False to leave behind what refers to it, signatures for example; true unless given. */
  readonly referrers?: boolean;
}

// Indexes in indexes, and referrers of referrers.
const maxDepth = 16;

/**
 * Copies a manifest with all that it names and all that refers to it, of whatever type: the children first, bytes unchanged,
 * every byte verified. What the target has is not read.
 */
export async function copyImage(options: CopyImageOptions, depth = 0): Promise<void> {
  const { from, to, descriptor, referrers = true } = options;
  if (depth > maxDepth) throw tooDeep(options);
  const inTurn = (parts: readonly Descriptor[]): Promise<unknown> =>
    pMap(parts, (part) => copyImage({ ...options, descriptor: part }, depth + 1), {
      concurrency: 4,
    });

  // Whoever has a manifest has what it names.
  if ((await to.manifests.resolve(descriptor.digest)) === undefined) {
    const found = await from.manifests.fetch(descriptor.digest);
    if (found?.descriptor.size !== descriptor.size) throw absent(options);
    const parts = partsOf(found.manifest);
    const isDocument = ({ mediaType }: Descriptor): boolean => isManifestType(mediaType);
    await inTurn(parts.filter(isDocument));
    await copyBlobs(
      options,
      parts.filter((part) => !isDocument(part)),
    );
    await to.manifests.push(found.bytes, found.descriptor.mediaType);
  }
  if (referrers) await inTurn(await from.referrers.list(descriptor.digest));
}

function partsOf(manifest: Manifest): Descriptor[] {
  const parts =
    manifest.kind === 'index'
      ? manifest.index.manifests
      : [manifest.image.config, ...manifest.image.layers].filter((blob) => !isElsewhere(blob));
  return [...new Map(parts.map((part) => [part.digest, part])).values()];
}

const copyBlobs = (
  { from, to, sameRegistry }: CopyImageOptions,
  blobs: readonly Descriptor[],
): Promise<unknown> =>
  pMap(
    blobs,
    (blob) =>
      to.blobs.ensure(
        blob,
        { open: () => from.blobs.fetch(blob) },
        { mountFrom: sameRegistry ? [from.name.repository] : [] },
      ),
    { concurrency: 8 },
  );

const absent = ({ from, descriptor: { digest, size } }: CopyImageOptions): MatrixError =>
  new MatrixError(
    'CHILD_MISSING',
    `${formatReference(from.name)} does not have the manifest ${digest} of ${size} bytes, so it cannot be copied`,
    { hint: 'Check that no clean-up job removed it, and push it again.' },
  );

const tooDeep = ({ from, descriptor }: CopyImageOptions): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `${formatReference(from.name)}@${descriptor.digest} is more than ${maxDepth} manifests deep`,
    { hint: 'Copy an image that a builder made: none nests so deep.' },
  );

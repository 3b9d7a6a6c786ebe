import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { addToLegacy } from './add-to-legacy.ts';
import { legacyTag } from './formats.ts';
import { readLegacyImage } from './read-legacy.ts';
import { unlessBroken } from './unless-broken.ts';

export interface CopyLegacyOptions {
  readonly from: Repository;
  readonly to: Repository;
  /** What is signed. */
  readonly digest: Digest;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Copies the legacy signatures of a manifest beside those that are there; bundles are its referrers, and go with it. */
export async function copyLegacy(options: CopyLegacyOptions): Promise<void> {
  const { from, to, digest, clock, signal } = options;
  const tag = legacyTag(digest);
  if (tag === undefined) return;
  const image = await unlessBroken(readLegacyImage(from, tag, { signal }));
  if (image === undefined) return;
  const mountFrom = from.name.registry === to.name.registry ? [from.name.repository] : [];
  const copy = (layer: Descriptor) =>
    to.blobs.ensure(layer, { open: () => from.blobs.fetch(layer) }, { mountFrom, signal });
  const distinct = new Map(image.image.layers.map((layer) => [layer.digest, layer]));
  await pMap(distinct.values(), copy, { concurrency: 8 });
  const seen = await readLegacyImage(to, tag, { signal });
  await addToLegacy({ repository: to, tag, layers: image.sources, seen, clock, signal });
}

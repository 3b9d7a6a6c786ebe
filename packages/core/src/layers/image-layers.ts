import {
  type Descriptor,
  type Digest,
  type ImageManifest,
  isDigest,
  type Platform,
} from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { agreedPlatform, maxConfigSize, platformOfConfig } from '../image-platform.ts';
import type { ImageReader } from '../image-reader.ts';
import { jsonOf } from '../json-of.ts';
import { refuseNotRunnable } from '../runnable.ts';
import { unmeasurable } from './image-to-measure.ts';

/** A layer as an image names it. */
export interface ImageLayer {
  readonly descriptor: Descriptor;
  readonly diffId: Digest;
}

/** The image of one platform, with its layers from the lowest to the highest. */
export interface PlatformImage {
  readonly platform: Platform;
  /** Of the image's manifest. */
  readonly manifest: Descriptor;
  readonly layers: readonly ImageLayer[];
}

// https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
const configSchema = z.object({
  rootfs: z.object({
    diff_ids: z.array(z.custom<Digest>(isDigest, 'is not a digest')).check(z.maxLength(1000)),
  }),
});

/** Reads what the config of an image says of its platform and of its layers. */
export async function readImageLayers(
  reader: ImageReader,
  manifest: Descriptor,
  image: ImageManifest,
): Promise<PlatformImage> {
  refuseNotRunnable(image);
  const bytes = await reader.read(image.config, maxConfigSize);
  const where = `${reader.name}@${manifest.digest}`;
  const platform = agreedPlatform(manifest.platform, platformOfConfig(bytes));
  if (platform === undefined) throw unmeasurable(where, 'its config names no platform');
  const diffIds = diffIdsOf(bytes, where);
  if (diffIds.length !== image.layers.length) {
    throw unmeasurable(
      where,
      `its config has ${diffIds.length} diffIDs for ${image.layers.length} layers`,
    );
  }
  const layers = image.layers.flatMap((descriptor, at) => {
    const diffId = diffIds[at];
    return diffId === undefined ? [] : [{ descriptor, diffId }];
  });
  return { platform, manifest, layers };
}

function diffIdsOf(config: Uint8Array, where: string): readonly Digest[] {
  const parsed = configSchema.safeParse(jsonOf(config));
  if (!parsed.success) throw unmeasurable(where, 'its config has no list of diffIDs');
  return parsed.data.rootfs.diff_ids;
}

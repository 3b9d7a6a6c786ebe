import { platformKey } from '@oci-matrix/oci';
import { openImage } from './image-to-measure.ts';
import { linuxImages } from './linux-images.ts';
import {
  type MeasuredImage,
  type MeasuredPlatform,
  type MeasureImageOptions,
  measureImage,
} from './measure-image.ts';

export interface MeasuredUpdate {
  readonly current: MeasuredImage;
  /** Of the platforms that both images have, sorted by platform. */
  readonly previous: readonly MeasuredPlatform[];
}

/** Measures an image, and the one before it for the platforms that both have; a layer that both have is read once. */
export async function measureUpdate(
  current: MeasureImageOptions,
  previous: Pick<MeasureImageOptions, 'source' | 'findKnown'>,
): Promise<MeasuredUpdate> {
  const [now, before] = await Promise.all([
    linuxImages(await openImage(current.source), current.platforms),
    linuxImages(await openImage(previous.source)),
  ]);
  const keys = new Set(now.images.map(({ platform }) => platformKey(platform)));
  const platforms = before.images
    .map(({ platform }) => platform)
    .filter((platform) => keys.has(platformKey(platform)));
  if (platforms.length === 0) return { current: await measureImage(current), previous: [] };
  // The one before comes first: what a registry knows of it is known of the layers that stay, too.
  const measured = await measureImage({ ...current, ...previous, platforms });
  const known = measured.platforms.map(({ document }) => document);
  return {
    current: await measureImage({ ...current, known: [...(current.known ?? []), ...known] }),
    previous: measured.platforms,
  };
}

import type { Digest } from '@oci-matrix/oci';
import type { ImageLayer, PlatformImage } from './image-layers.ts';
import { unmeasurable } from './image-to-measure.ts';
import type { WantedLayer } from './known-layer.ts';

/** The layers of some images, each once. One that is the lowest in one place and not in another counts as the dearer: not the lowest. */
export function distinctLayers(name: string, images: readonly PlatformImage[]): WantedLayer[] {
  const found = new Map<Digest, WantedLayer>();
  for (const { layers } of images) {
    layers.forEach((layer, at) => {
      const { digest } = layer.descriptor;
      const before = found.get(digest);
      if (before !== undefined) refuseDifferent(name, before, layer);
      found.set(digest, { ...layer, isBase: at === 0 && (before?.isBase ?? true) });
    });
  }
  return [...found.values()];
}

function refuseDifferent(name: string, before: ImageLayer, layer: ImageLayer): void {
  const { digest, size } = layer.descriptor;
  const sizes = [before.descriptor.size, size];
  if (sizes[0] !== sizes[1]) {
    throw unmeasurable(name, `the layer ${digest} has ${sizes.join(' bytes in one place and ')}`);
  }
  if (before.diffId !== layer.diffId) {
    throw unmeasurable(
      name,
      `the layer ${digest} unpacks to ${before.diffId} in one place and to ${layer.diffId} in another`,
    );
  }
}

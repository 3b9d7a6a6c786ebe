import { parseManifest } from '@oci-matrix/oci';
import type { ImagePlan, PlannedManifest } from './image-plan.ts';

/** The blobs of a plan that some of its manifests point at. */
export function blobsOfManifests(
  plan: ImagePlan,
  manifests: readonly PlannedManifest[],
): ImagePlan['blobs'] {
  const needed = new Set(
    manifests.flatMap(({ descriptor, bytes }) => {
      const manifest = parseManifest(bytes, descriptor.mediaType);
      if (manifest.kind === 'index') return [];
      return [manifest.image.config, ...manifest.image.layers].map(({ digest }) => digest);
    }),
  );
  return plan.blobs.filter(({ descriptor }) => needed.has(descriptor.digest));
}

import { mediaTypes, type Platform, parseManifest } from '@oci-matrix/oci';
import type { ImagePlan } from './image-plan.ts';
import { invalidSource } from './image-reader.ts';
import type { Layout } from './layout.ts';
import { layoutReader } from './layout-reader.ts';
import { planImage } from './plan-image.ts';
import { selectImage } from './select-image.ts';

/** What to push of a layout: the image of the platform given, or everything when none is. Bytes are pushed as they are. */
export async function planLayout(
  layout: Layout,
  platform: Platform | undefined,
): Promise<ImagePlan> {
  const reader = layoutReader(layout);
  const top = parseManifest(await layout.index(), mediaTypes.imageIndex);
  if (top.kind !== 'index') throw invalidSource(reader.name, 'its index.json is no image index');
  const { root, attestations } = await selectImage(reader, top.index, platform);
  // What index.json says of an entry is about the layout, such as its name there; an index within speaks for everywhere.
  const { annotations: _, ...bare } = root.descriptor;
  const descriptor = top.index.manifests.includes(root.descriptor) ? bare : root.descriptor;
  return planImage(reader, { root: { ...root, descriptor }, attestations }, platform);
}

import { type Descriptor, mediaTypes, type Platform, parseManifest } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import type { Blob } from './file-blob.ts';
import { imageEntry } from './image-entry.ts';
import type { ImagePlan } from './image-plan.ts';
import type { Layout } from './layout.ts';
import {
  invalidLayout,
  type LayoutReader,
  type LoadedManifest,
  layoutReader,
  refuseAbsent,
} from './layout-reader.ts';
import { refuseNotRunnable } from './runnable.ts';
import { selectImage } from './select-image.ts';

/** What to push of a layout: the image of the platform given, or everything when none is. Bytes are pushed as they are. */
export async function planLayout(
  layout: Layout,
  platform: Platform | undefined,
): Promise<ImagePlan> {
  const reader = layoutReader(layout);
  const top = parseManifest(await layout.index(), mediaTypes.imageIndex);
  if (top.kind !== 'index') throw invalidLayout('its index.json is no image index');
  const { root, attestations } = await selectImage(reader, top.index, platform);
  const beside = await Promise.all(attestations.map((entry) => reader.load(entry)));
  const loaded = [...(await loadBelow(reader, root)), ...beside];
  const manifests = [...new Map(loaded.map((item) => [item.descriptor.digest, item])).values()];

  const entries = await Promise.all(
    entriesOf(root, beside, manifests).map((item) => asEntry(reader, item, platform)),
  );
  const isIndex = root.manifest.kind === 'index';
  return {
    blobs: await blobsOf(layout, manifests),
    present: [],
    manifests: manifests.map(({ descriptor, bytes }) => ({ descriptor, bytes })),
    root: isIndex ? root.descriptor : (entries[0] ?? root.descriptor),
    ...(isIndex || entries.length > 1 ? { children: entries } : {}),
  };
}

// An index gives what it holds, an image gives itself; its attestations come with it.
function entriesOf(
  root: LoadedManifest,
  beside: readonly LoadedManifest[],
  manifests: readonly LoadedManifest[],
): LoadedManifest[] {
  if (root.manifest.kind === 'image') return [root, ...beside];
  return manifests.filter(({ manifest }) => manifest.kind === 'image');
}

/** A manifest and all that it points at, children first. */
async function loadBelow(reader: LayoutReader, loaded: LoadedManifest): Promise<LoadedManifest[]> {
  if (loaded.manifest.kind === 'image') return [loaded];
  const children = await Promise.all(
    loaded.manifest.index.manifests.map(async (child) =>
      loadBelow(reader, await reader.load(child)),
    ),
  );
  return [...children.flat(), loaded];
}

async function blobsOf(layout: Layout, manifests: readonly LoadedManifest[]): Promise<Blob[]> {
  manifests.forEach(refuseUnrunnable);
  const images = manifests.flatMap(({ manifest }) =>
    manifest.kind === 'image' ? [manifest.image] : [],
  );
  const all = images.flatMap((image) => [image.config, ...image.layers]);
  // What may not be distributed need not be there: image-spec v1.1.1, layer.md#non-distributable-layers
  const ours = all.filter(({ mediaType }) => !mediaType.includes('nondistributable'));
  const distinct = [...new Map(ours.map((blob) => [blob.digest, blob])).values()];
  await Promise.all(distinct.map((descriptor) => refuseAbsent(layout, descriptor)));
  return distinct.map((descriptor) => ({
    descriptor,
    source: { open: () => layout.open(descriptor.digest) },
  }));
}

// BuildKit gives its attestations the config of an image; no runtime looks for their platform.
function refuseUnrunnable({ descriptor, manifest }: LoadedManifest): void {
  if (manifest.kind === 'index' || attestationSubject(descriptor) !== undefined) return;
  refuseNotRunnable(manifest.image);
}

/** The descriptor as an index entry has it: with the platform that the config names, and the artifact type. */
async function asEntry(
  reader: LayoutReader,
  { descriptor, manifest }: LoadedManifest,
  given: Platform | undefined,
): Promise<Descriptor> {
  if (manifest.kind === 'index' || attestationSubject(descriptor) !== undefined) return descriptor;
  const { mediaType, digest, size } = descriptor;
  const own = { image: manifest.image, descriptor: { mediaType, digest, size } };
  return imageEntry(own, given ?? descriptor.platform, reader.read);
}

import type { Descriptor, Digest, Platform } from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from './attestation.ts';
import { isElsewhere } from './elsewhere.ts';
import type { Blob } from './file-blob.ts';
import { imageEntry } from './image-entry.ts';
import type { ImagePlan } from './image-plan.ts';
import type { ImageReader, LoadedManifest } from './image-reader.ts';
import { artifactTypeOf, refuseNotRunnable } from './runnable.ts';
import type { SelectedImage } from './select-image.ts';

// Documents at a time: a client asks for no more of them, and a folder gives no more either.
const concurrency = 24;

/** What to push of an image that is somewhere, with what refers to it; bytes are pushed as they are. */
export async function planImage(
  reader: ImageReader,
  { root, attestations }: SelectedImage,
  platform: Platform | undefined,
  referrers: readonly LoadedManifest[] = [],
): Promise<ImagePlan> {
  const beside = await pMap(attestations, (entry) => reader.load(entry), { concurrency });
  const own = distinct([...(await loadBelow(reader, root)), ...beside]);
  own.forEach(refuseUnrunnable);
  const manifests = distinct([...own, ...referrers]);
  const entries = await pMap(
    entriesOf(root, beside, own),
    (item) => asEntry(reader, item, platform),
    { concurrency },
  );
  const isIndex = root.manifest.kind === 'index';
  return {
    blobs: await blobsOf(reader, manifests),
    present: [],
    manifests: manifests.map(({ descriptor, bytes }) => ({ descriptor, bytes })),
    root: isIndex ? root.descriptor : (entries[0] ?? root.descriptor),
    ...(isIndex || entries.length > 1 ? { children: entries } : {}),
  };
}

const distinct = (items: readonly LoadedManifest[]): LoadedManifest[] => [
  ...new Map(items.map((item) => [item.descriptor.digest, item])).values(),
];

// An index gives what it holds, an image gives itself; its attestations come with it.
function entriesOf(
  root: LoadedManifest,
  beside: readonly LoadedManifest[],
  manifests: readonly LoadedManifest[],
): LoadedManifest[] {
  if (root.manifest.kind === 'image') return [root, ...beside];
  return manifests.filter(({ manifest }) => manifest.kind === 'image');
}

/** A manifest and all that it points at, children first. What many indexes name is read once. */
export async function loadBelow(
  reader: ImageReader,
  { descriptor, bytes, manifest }: LoadedManifest,
  seen: Set<Digest> = new Set(),
): Promise<LoadedManifest[]> {
  const own = { descriptor, bytes, manifest };
  if (manifest.kind === 'image') return [own];
  const fresh = manifest.index.manifests.filter(({ digest }) => !seen.has(digest));
  for (const { digest } of fresh) seen.add(digest);
  const below = await pMap(
    [...new Map(fresh.map((child) => [child.digest, child])).values()],
    async (child) => loadBelow(reader, await reader.load(child), seen),
    { concurrency },
  );
  return [...below.flat(), own];
}

async function blobsOf(reader: ImageReader, manifests: readonly LoadedManifest[]): Promise<Blob[]> {
  const all = manifests.flatMap(({ manifest }) =>
    manifest.kind === 'image' ? [manifest.image.config, ...manifest.image.layers] : [],
  );
  const ours = all.filter((blob) => !isElsewhere(blob));
  const blobs = new Map(ours.map((blob) => [blob.digest, blob]));
  return pMap(blobs.values(), (descriptor) => reader.blob(descriptor), { concurrency });
}

// BuildKit gives its attestations the config of an image; no runtime looks for their platform.
function refuseUnrunnable({ descriptor, manifest }: LoadedManifest): void {
  if (manifest.kind === 'index' || attestationSubject(descriptor) !== undefined) return;
  refuseNotRunnable(manifest.image);
}

/** The descriptor as an index entry has it: with the platform that the config names, and the artifact type. */
async function asEntry(
  reader: ImageReader,
  { descriptor, manifest }: LoadedManifest,
  given: Platform | undefined,
): Promise<Descriptor> {
  if (manifest.kind === 'index' || attestationSubject(descriptor) !== undefined) return descriptor;
  const { mediaType, digest, size, annotations, platform } = descriptor;
  const own = { mediaType, digest, size, ...(annotations === undefined ? {} : { annotations }) };
  const { image } = manifest;
  const said = reader.remote && given === undefined && artifactTypeOf(image) === undefined;
  if (said && platform !== undefined) return { ...own, platform };
  return imageEntry({ image, descriptor: own }, given ?? platform, reader.read);
}

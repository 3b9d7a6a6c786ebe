import {
  canonicalBytes,
  type Descriptor,
  type Digest,
  descriptorOf,
  type ImageManifest,
  mediaTypes,
  parseManifest,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { ImagePlan, PlannedManifest } from './image-plan.ts';
import { entryOf, readIndex, writeIndex } from './index-document.ts';
import { blobsOfManifests } from './plan-blobs.ts';

/** What becomes of the attestations that a builder put beside its images. */
export type AttestationMode = (typeof attestationModes)[number];

/** `keep`: entries of the index; `referrers`: manifests that refer to their images; `none`: nothing. */
export const attestationModes = ['keep', 'referrers', 'none'] as const;

/** What BuildKit itself calls an attestation that refers to its image (`oci-artifact=true`). */
export const attestationType = 'application/vnd.docker.attestation.manifest.v1+json';

/** The bytes of a manifest that is not in the plan, since it is in the repository already. */
export type LoadBytes = (descriptor: Descriptor) => Promise<Uint8Array>;

/**
 * The plan with its attestations as the mode has them. Other than `keep` an index is written anew without them, and of a
 * single image that image alone is left; a referrer has the config and the layers of its attestation, and a subject.
 */
export async function settleAttestations(
  plan: ImagePlan,
  mode: AttestationMode,
  load: LoadBytes,
): Promise<ImagePlan> {
  const children = plan.children ?? [];
  const attestations = children.filter((entry) => attestationSubject(entry) !== undefined);
  if (mode === 'keep' || attestations.length === 0) return plan;
  const images = children.filter((entry) => attestationSubject(entry) === undefined);
  const known = new Map(plan.manifests.map((item) => [item.descriptor.digest, item]));
  const find = async (descriptor: Descriptor): Promise<PlannedManifest> =>
    known.get(descriptor.digest) ?? { descriptor, bytes: await load(descriptor) };

  const root = await rootOf(plan, images, find);
  const referrers =
    mode === 'none'
      ? []
      : await Promise.all(attestations.map(async (entry) => asReferrer(await find(entry), images)));
  const kept = new Set(images.map(({ digest }) => digest));
  const gone = new Set(attestations.map(({ digest }) => digest));
  const own = plan.manifests.filter(({ descriptor: { digest } }) => kept.has(digest));
  const manifests = [
    ...own.filter(({ descriptor }) => descriptor.digest !== root.descriptor.digest),
    root,
    ...stillReferring(plan, root, kept, gone),
    ...referrers,
  ];
  return {
    blobs: blobsOfManifests(plan, manifests),
    present: plan.present,
    manifests,
    root: root.descriptor,
    ...(images.length > 1 ? { children: images } : {}),
  };
}

// One image needs no index: what is left of it goes into that of the fan-in.
async function rootOf(
  { root }: ImagePlan,
  images: readonly Descriptor[],
  find: (descriptor: Descriptor) => Promise<PlannedManifest>,
): Promise<PlannedManifest> {
  const [image] = images;
  if (image !== undefined && images.length === 1) {
    return { descriptor: image, bytes: (await find(image)).bytes };
  }
  const { bytes } = await find(root);
  const manifest = parseManifest(bytes, root.mediaType);
  if (image === undefined || manifest.kind !== 'index') throw noImage(root.digest);
  const { members } = readIndex(bytes, manifest.index);
  const written = writeIndex({ entries: images.map(entryOf), members });
  return { descriptor: descriptorOf(written, mediaTypes.imageIndex), bytes: written };
}

function asReferrer(
  { descriptor, bytes }: PlannedManifest,
  images: readonly Descriptor[],
): PlannedManifest {
  const subject = images.find(({ digest }) => digest === attestationSubject(descriptor));
  if (subject === undefined) throw orphan(descriptor);
  const { mediaType, digest, size } = subject;
  const image = imageOf({ descriptor, bytes });
  const artifactType = image.artifactType || attestationType;
  if (image.subject?.digest === digest && artifactType === image.artifactType) {
    return { descriptor, bytes };
  }
  const next = canonicalBytes({
    ...image,
    mediaType: mediaTypes.imageManifest,
    artifactType,
    subject: { mediaType, digest, size },
  });
  return {
    descriptor: descriptorOf(next, mediaTypes.imageManifest, { artifactType }),
    bytes: next,
  };
}

/** What came along behind the root, as far as what it refers to is still there. */
function stillReferring(
  { manifests, root }: ImagePlan,
  { descriptor }: PlannedManifest,
  images: ReadonlySet<Digest>,
  gone: ReadonlySet<Digest>,
): PlannedManifest[] {
  const at = manifests.findIndex((item) => item.descriptor.digest === root.digest);
  const there = new Set([...images, descriptor.digest]);
  const kept: PlannedManifest[] = [];
  for (const item of manifests.slice(at + 1)) {
    const { digest } = item.descriptor;
    const subject = subjectOf(item);
    if (subject === undefined || !there.has(subject) || gone.has(digest)) continue;
    there.add(digest);
    kept.push(item);
  }
  return kept;
}

function subjectOf({ descriptor, bytes }: PlannedManifest): Digest | undefined {
  const manifest = parseManifest(bytes, descriptor.mediaType);
  return (manifest.kind === 'image' ? manifest.image : manifest.index).subject?.digest;
}

function imageOf({ descriptor, bytes }: PlannedManifest): ImageManifest {
  const manifest = parseManifest(bytes, descriptor.mediaType);
  if (manifest.kind === 'image') return manifest.image;
  throw new MatrixError('SOURCE_INVALID', `the attestation ${descriptor.digest} is an index`);
}

const noImage = (digest: Digest): MatrixError =>
  new MatrixError('SOURCE_INVALID', `${digest} has attestations and no image`);

const orphan = (attestation: Descriptor): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `the attestation ${attestation.digest} speaks of ${attestationSubject(attestation)}, which is not among the images`,
    {
      hint: 'Build the image and its attestations again, or drop these with "attestations: none".',
    },
  );

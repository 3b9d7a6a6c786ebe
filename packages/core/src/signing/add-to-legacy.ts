import type { Clock, Repository } from '@oci-matrix/distribution';
import { canonicalText, type Descriptor, type Digest, formatReference } from '@oci-matrix/oci';
import { freshFor } from '../confirm-tag.ts';
import { unlessUnlisted } from '../denied.ts';
import { MatrixError } from '../error.ts';
import { explained } from './explained.ts';
import { type MergedImage, withLayers } from './legacy-image.ts';
import { pushBytes } from './push-bytes.ts';
import { type LegacyImage, readLegacyImage } from './read-legacy.ts';

export interface AddToLegacyOptions {
  readonly repository: Repository;
  readonly tag: string;
  /** Layers as JSON text; their blobs are there. */
  readonly layers: readonly string[];
  /** What the tag was seen to name. */
  readonly seen: LegacyImage | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const maxWrites = 10;

// How long the looks after the first one wait, in ms: ghcr.io shows a tag as it was 5 s ago.
const pauses = [500, 1000, 2000, 4000];

/**
 * Adds signatures to those at a tag that writers we do not control write to as well, cosign among them. No registry has
 * compare-and-swap, so the tag is looked at right before it is written, and again when a write that did not know ours should
 * be done: what ever was seen there and is no more, ours or theirs, is merged and written again. Gives what the tag names when
 * all of it is there. What comes and goes between a look and a write nobody can know.
 *
 * What was there first stays first. Readers that look at the first layer alone, as Garden Linux' updater does, see the key
 * that signed first: sign with the key that they know before any other.
 */
export async function addToLegacy(options: AddToLegacyOptions): Promise<Descriptor> {
  const { repository, tag, clock, signal } = options;
  let image = options.seen;
  const known = new Map<string, string>();
  const past = new Set<Digest | undefined>();
  for (let writes = 0; writes < maxWrites; writes += 1) {
    const shown = layersOf(image?.sources ?? []);
    for (const [key, source] of [...shown, ...layersOf(options.layers)]) {
      if (!known.has(key)) known.set(key, source);
    }
    const missing = [...known].filter(([key]) => !shown.has(key)).map(([, source]) => source);
    if (image !== undefined && missing.length === 0) return image.descriptor;
    const start = clock.now();
    const isWritten = await write(options, withLayers(image, missing), image?.descriptor.digest);
    if (!isWritten) {
      await clock.sleep(freshFor * (1 + clock.random()), signal);
      image = await readLegacyImage(repository, tag, { signal });
      continue;
    }
    past.add(image?.descriptor.digest);
    const took = clock.now() - start;
    const first = writes === 0 ? Math.min(freshFor + 2 * took, 5000) : 2000;
    image = await lookAgain(options, { known, past, first: first * (1 + clock.random()) });
  }
  throw new MatrixError(
    'CONFLICT',
    `${formatReference(repository.name)}:${tag} was written by others each of the ${maxWrites} times that a signature was added to it`,
    { hint: 'Run the step again when the others are done: signatures that are there stay.' },
  );
}

// Other tools write a layer with its properties in another order, and it is the same one.
const layersOf = (sources: readonly string[]): Map<string, string> =>
  new Map(sources.map((source) => [canonicalText(JSON.parse(source)), source]));

interface Expected {
  readonly known: ReadonlyMap<string, string>;
  /** What our writes replaced: who shows it is late. */
  readonly past: ReadonlySet<Digest | undefined>;
  readonly first: number;
}

/** What the tag names when that is ours, or somebody else's. What goes on being shown is the truth, however old. */
async function lookAgain(
  { repository, tag, clock, signal }: AddToLegacyOptions,
  { known, past, first }: Expected,
): Promise<LegacyImage | undefined> {
  let image: LegacyImage | undefined;
  for (const pause of [first, ...pauses]) {
    await clock.sleep(pause, signal);
    image = await readLegacyImage(repository, tag, { signal });
    const shown = layersOf(image?.sources ?? []);
    const isWhole = known.keys().every((key) => shown.has(key));
    if (isWhole || !past.has(image?.descriptor.digest)) return image;
  }
  return image;
}

/** False if the tag has moved since it was read: it would be written over what somebody else put there. */
async function write(
  { repository, tag, signal }: AddToLegacyOptions,
  { descriptor, bytes, config }: MergedImage,
  previous: Digest | undefined,
): Promise<boolean> {
  const { manifests, name } = repository;
  if (config !== undefined) {
    await pushBytes(repository, config.descriptor, config.bytes, signal);
  }
  let hasMoved = false;
  const beforePut = async (): Promise<void> => {
    const asked = manifests.resolve(tag, { signal });
    const now = (await unlessUnlisted(repository, tag, asked))?.digest;
    hasMoved = now !== previous && now !== descriptor.digest;
    if (hasMoved) throw new Error('the tag has moved meanwhile');
  };
  try {
    await beforePut();
    await manifests.push(bytes, descriptor.mediaType, { tag, beforeRepeat: beforePut, signal });
    return true;
  } catch (error) {
    if (hasMoved) return false;
    throw explained(error, name, tag, previous);
  }
}

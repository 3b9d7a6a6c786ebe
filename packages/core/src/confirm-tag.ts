import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import { isDenied } from './denied.ts';
import { MatrixError } from './error.ts';

/** A tag that was just written, and what was known of it. */
export interface WrittenTag {
  readonly repository: Repository;
  readonly tag: string;
  /** What it named before; undefined where there was none. */
  readonly before: Digest | undefined;
  /** What was put there. */
  readonly written: Digest;
  /** True of an index, by its entries, that has what was written. */
  readonly holds: (entries: readonly Descriptor[]) => boolean;
  /** Milliseconds that the write took. */
  readonly took: number;
}

/** A writer that looked at the tag longer ago than this looks again before it writes, in ms. */
export const freshFor = 250;

// How long the looks after the first one wait, in ms: a late answer of ghcr.io is forgotten by then, a lost write is not.
const pauses = [500, 1000, 2000, 4000];

/**
 * Looks at a tag after it was written. Who looked at it last before that may still be about to write what does not have
 * our entries, so the look comes when such a write would be done: after what a look may be old, and twice what a write takes.
 * Throws `CONFLICT` if the entries are gone and stay gone. An answer from before the write says nothing: registries show
 * tags late. Nor does a later index that has the entries.
 */
export async function confirmTag(
  tag: WrittenTag,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const first = Math.min(freshFor + 2 * tag.took, 5000);
  let seen: Seen = 'before';
  for (const pause of [first, ...pauses]) {
    await clock.sleep(pause, signal);
    seen = await look(tag);
    if (seen === 'ours') return;
  }
  if (seen !== 'before') throw lostRace(tag, seen.digest);
}

type Seen = 'ours' | 'before' | { readonly digest: Digest };

async function look({ repository, tag, before, written, holds }: WrittenTag): Promise<Seen> {
  try {
    const named = (await repository.manifests.resolve(tag))?.digest;
    if (named === written) return 'ours';
    if (named === undefined || named === before) return 'before';
    const found = await repository.manifests.fetch(named);
    const entries = found?.manifest.kind === 'index' ? found.manifest.index.manifests : [];
    return holds(entries) ? 'ours' : { digest: named };
  } catch (error) {
    // Who may write and not read never saw what was there before either.
    if (isDenied(error)) return 'ours';
    throw error;
  }
}

const lostRace = ({ repository: { name }, tag, written }: WrittenTag, found: Digest): MatrixError =>
  new MatrixError(
    'CONFLICT',
    `${name.registry}/${name.repository}:${tag} was written at the same time by somebody else: it names ${found}, which does not have what ${written} has`,
    {
      hint: 'Run the job again, which merges with what is there now; so that it does not happen, set "concurrent: true", or give all jobs that write this tag one "concurrency" group.',
    },
  );

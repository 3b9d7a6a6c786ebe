import type { Needs } from './needs.ts';
import type { Records } from './records.ts';
import { type OnMissing, refuseIncomplete } from './refuse-incomplete.ts';

export interface ReleaseOptions {
  readonly records: Records;
  readonly needs?: Needs | undefined;
  readonly onMissing: OnMissing;
  readonly tags: readonly string[];
  /** What an incomplete release may move, and nothing else. */
  readonly partialTags: readonly string[];
}

/** What may be published, and which tags may move with it. */
export interface Release {
  readonly records: Records;
  readonly tags: readonly string[];
}

/**
 * Says which tags may move: `tags` never, while a leg is missing whose entry of before is not kept. A complete release takes the partial
 * tags with it, so that they are never behind. Throws `LEG_MISSING` or `LEG_FAILED` where none may.
 */
export function planRelease(options: ReleaseOptions): Release {
  const { records, needs, onMissing, tags, partialTags } = options;
  refuseIncomplete(records, needs, onMissing);
  if (onMissing !== 'partial') return { records, tags };
  if (records.complete) return { records, tags: [...tags, ...partialTags] };
  // For the tags that stand for what is there, this is everything.
  return { records: { ...records, complete: true }, tags: partialTags };
}

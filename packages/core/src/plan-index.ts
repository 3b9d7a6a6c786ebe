import type { Descriptor } from '@oci-matrix/oci';
import type { Annotation } from './annotations.ts';
import { MatrixError } from './error.ts';
import type { Identity } from './identity.ts';
import { type IndexBytes, indexBytes } from './index-bytes.ts';
import { type MergedEntries, mergeEntries, replaceEntries } from './merge-index.ts';
import { previousEntries } from './previous-entries.ts';
import type { CurrentIndex } from './read-current.ts';
import type { Records } from './records.ts';
import { refuseShadowed } from './refuse-shadowed.ts';
import { removeEntries, type Selector } from './remove-entries.ts';

export interface PlanIndexOptions {
  readonly mode: 'merge' | 'replace' | 'remove';
  readonly identity: Identity;
  readonly remove: readonly Selector[];
  /** Those of the index itself are put into it; the entries have theirs. */
  readonly annotations: readonly Annotation[];
  readonly artifactType: string | undefined;
  readonly subject: Descriptor | undefined;
  /** Those that come in: they may say which legs are to keep the entries that they have. */
  readonly records?: Records | undefined;
}

export interface PlannedIndex extends MergedEntries {
  readonly index: IndexBytes;
}

/** Makes an index of what there is and what comes in. Throws where that would be one that nobody can use. */
export function planIndex(
  current: CurrentIndex,
  incoming: readonly Descriptor[],
  options: PlanIndexOptions,
): PlannedIndex {
  const { mode, identity, remove, records } = options;
  const { entries } = current.document;
  const merge = mode === 'replace' ? replaceEntries : mergeEntries;
  const next = [...incoming, ...previousEntries(entries, records, incoming, identity)];
  const merged =
    mode === 'remove' ? removeEntries(entries, remove) : merge(entries, next, identity);
  refuseShadowed(merged.entries.map(({ descriptor }) => descriptor));
  const index = indexBytes(current, merged, options, mode);
  if (index.bytes !== current.bytes) refuseTooLarge(index, merged.entries.length);
  return { ...merged, index };
}

/** What every registry takes: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-manifests */
const maxIndexSize = 4 * 1024 * 1024;

function refuseTooLarge({ bytes: { byteLength } }: IndexBytes, entries: number): void {
  if (byteLength <= maxIndexSize) return;
  throw new MatrixError(
    'INDEX_TOO_LARGE',
    `the index of ${entries} entries would have ${byteLength} bytes, and registries take ${maxIndexSize}`,
    { hint: 'Give the entries fewer or shorter annotations, or make several indexes of them.' },
  );
}

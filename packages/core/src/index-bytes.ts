import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Annotation, annotationsAt } from './annotations.ts';
import { changeMembers, writeIndex } from './index-document.ts';
import type { MergedEntries } from './merge-index.ts';
import type { CurrentIndex } from './read-current.ts';

export interface IndexMembers {
  readonly annotations: readonly Annotation[];
  readonly artifactType: string | undefined;
  readonly subject: Descriptor | undefined;
}

export interface IndexBytes {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** The index to write. Where nothing changes the bytes stay as they are, however another tool wrote them. */
export function indexBytes(
  { document, bytes, mediaType }: CurrentIndex,
  { entries, changes }: MergedEntries,
  { annotations, artifactType, subject }: IndexMembers,
  mode: 'merge' | 'replace' | 'remove',
): IndexBytes {
  // At the fan-in the manifests are pushed already: what is meant for "the manifest" is meant for the index.
  const own = annotationsAt(annotations, 'manifest', undefined, 'index');
  const next = changeMembers({ ...document, entries }, { annotations: own, artifactType, subject });
  const sameEntries =
    changes.every(({ outcome }) => outcome === 'kept') &&
    entries.every((entry, at) => entry === document.entries[at]);
  const sameMembers = [...next.members].every(
    ([key, source]) => document.members.get(key) === source,
  );
  // What is no OCI index becomes one where something is published, but not where nothing was there to remove.
  const mayStay = mediaType === mediaTypes.imageIndex || mode === 'remove';
  if (bytes !== undefined && mediaType !== undefined && mayStay && sameEntries && sameMembers) {
    return { bytes, mediaType };
  }
  return { bytes: writeIndex(next), mediaType: mediaTypes.imageIndex };
}

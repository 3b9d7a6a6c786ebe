import { canonicalBytes, canonicalText, type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { editEntries } from './edit-entries.ts';

/** The index with the entries at its end, everything else byte for byte as it was; a new one if there was none. */
export function mergeReferrers(
  index: Uint8Array | undefined,
  entries: readonly Descriptor[],
): Uint8Array {
  if (index === undefined) {
    return canonicalBytes({
      schemaVersion: 2,
      mediaType: mediaTypes.imageIndex,
      manifests: entries,
    });
  }
  return editEntries(index, (old) => [...old, ...entries.map((entry) => canonicalText(entry))]);
}

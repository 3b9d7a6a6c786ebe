import { canonicalBytes, canonicalText, type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { editEntries } from './edit-entries.ts';

/** The index with the entry at its end, everything else byte for byte as it was; a new one if there was none. */
export function mergeReferrer(index: Uint8Array | undefined, entry: Descriptor): Uint8Array {
  if (index === undefined) {
    return canonicalBytes({
      schemaVersion: 2,
      mediaType: mediaTypes.imageIndex,
      manifests: [entry],
    });
  }
  return editEntries(index, (entries) => [...entries, canonicalText(entry)]);
}

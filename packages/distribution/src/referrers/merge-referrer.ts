import {
  canonicalBytes,
  canonicalText,
  type Descriptor,
  elementSources,
  mediaTypes,
  memberSources,
} from '@oci-matrix/oci';

/** The index with the entry at its end, everything else byte for byte as it was; a new one if there was none. */
export function mergeReferrer(index: Uint8Array | undefined, entry: Descriptor): Uint8Array {
  if (index === undefined) {
    return canonicalBytes({
      schemaVersion: 2,
      mediaType: mediaTypes.imageIndex,
      manifests: [entry],
    });
  }
  const members = memberSources(new TextDecoder().decode(index));
  const entries = elementSources(members.get('manifests') ?? '[]');
  members.set('manifests', `[${[...entries, canonicalText(entry)].join(',')}]`);
  const text = [...members].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(',');
  return new TextEncoder().encode(`{${text}}`);
}

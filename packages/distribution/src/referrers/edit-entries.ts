import { elementSources, memberSources } from '@oci-matrix/oci';

/** The index with other entries, given as JSON text; everything else is byte for byte as it was. */
export function editEntries(
  index: Uint8Array,
  edit: (entries: readonly string[]) => readonly string[],
): Uint8Array {
  const members = memberSources(new TextDecoder().decode(index));
  const entries = elementSources(members.get('manifests') ?? '[]');
  members.set('manifests', `[${edit(entries).join(',')}]`);
  const text = [...members].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(',');
  return new TextEncoder().encode(`{${text}}`);
}

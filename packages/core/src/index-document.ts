import {
  type Annotations,
  canonicalText,
  type Descriptor,
  elementSources,
  type ImageIndex,
  mediaTypes,
  memberSources,
  parseManifest,
} from '@oci-matrix/oci';

/** One entry, with the JSON text that it has in its index: foreign entries are written back byte for byte. */
export interface IndexEntry {
  readonly descriptor: Descriptor;
  readonly source: string;
}

/** An index as a list of entries and the rest of its members, each as its own JSON text. */
export interface IndexDocument {
  readonly entries: readonly IndexEntry[];
  /** Without `schemaVersion`, `mediaType` and `manifests`, in their order. */
  readonly members: ReadonlyMap<string, string>;
}

export const emptyIndex: IndexDocument = { entries: [], members: new Map() };

/** An entry of ours. */
export const entryOf = (descriptor: Descriptor): IndexEntry => ({
  descriptor,
  source: canonicalText(descriptor),
});

/** Takes an index apart, OCI's or Docker's; it was checked by `parseManifest`. */
export function readIndex(bytes: Uint8Array, index: ImageIndex): IndexDocument {
  const members = memberSources(new TextDecoder().decode(bytes));
  const sources = elementSources(members.get('manifests') ?? '[]');
  for (const own of ['schemaVersion', 'mediaType', 'manifests']) members.delete(own);
  const entries = index.manifests.map((descriptor, at) => ({
    descriptor,
    source: sources[at] ?? canonicalText(descriptor),
  }));
  return { entries, members };
}

/** What we change of an index besides its entries. */
export interface IndexChanges {
  readonly annotations?: Annotations;
  readonly artifactType?: string | undefined;
  readonly subject?: Descriptor | undefined;
}

/** The document with our annotations over its own, and our artifact type and subject in the place of its own. */
export function changeMembers(
  { entries, members }: IndexDocument,
  { annotations = {}, artifactType, subject }: IndexChanges,
): IndexDocument {
  const changed = new Map(members);
  const set = (key: string, value: unknown): void => {
    const text = canonicalText(value);
    // What says the same already stays as it was written.
    if (canonicalText(JSON.parse(members.get(key) ?? 'null')) !== text) changed.set(key, text);
  };
  const own = JSON.parse(members.get('annotations') ?? '{}') as Annotations | null;
  if (Object.keys(annotations).length > 0) set('annotations', { ...own, ...annotations });
  if (artifactType !== undefined) set('artifactType', artifactType);
  if (subject !== undefined) set('subject', subject);
  return { entries, members: changed };
}

const before = ['artifactType'];
const after = ['subject', 'annotations'];

/** The bytes of an OCI index: its members in one order, entries as they are, no white space between. */
export function writeIndex({ entries, members }: IndexDocument): Uint8Array<ArrayBuffer> {
  const known = new Set([...before, ...after]);
  const unknown = [...members.keys()].filter((key) => !known.has(key));
  const write = (keys: readonly string[]): string[] =>
    keys.flatMap((key) => {
      const source = members.get(key);
      return source === undefined ? [] : [`${JSON.stringify(key)}:${source}`];
    });
  const text = [
    `"schemaVersion":2`,
    `"mediaType":${JSON.stringify(mediaTypes.imageIndex)}`,
    ...write(before),
    `"manifests":[${entries.map(({ source }) => source).join(',')}]`,
    ...write(after),
    ...write(unknown),
  ];
  const bytes = new TextEncoder().encode(`{${text.join(',')}}`);
  parseManifest(bytes, mediaTypes.imageIndex);
  return bytes;
}

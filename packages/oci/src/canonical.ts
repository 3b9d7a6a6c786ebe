// The order in which the specifications list the properties; what they do not know follows by code unit.
const order = [
  'schemaVersion',
  'mediaType',
  'artifactType',
  'config',
  'layers',
  'manifests',
  'digest',
  'size',
  'platform',
  'urls',
  'data',
  'subject',
  'annotations',
];
const rank = new Map(order.map((key, index) => [key, index]));

const byRank = (a: string, b: string): number =>
  (rank.get(a) ?? order.length) - (rank.get(b) ?? order.length) || (a < b ? -1 : a > b ? 1 : 0);

/** The one text of a JSON value: no white space, keys in one order, absent values left out. The same for equal values on any machine. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => byRank(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalText(member)}`);
  return `{${members.join(',')}}`;
}

/** The bytes to push for a document of ours: `canonicalText` in UTF-8. */
export const canonicalBytes = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(canonicalText(value));

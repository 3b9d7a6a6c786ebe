import { canonicalText, digestOf, encodedOf } from '@oci-matrix/oci';

/** The values of one leg, as `toJSON(matrix)` gives them. */
export type Matrix = Readonly<Record<string, unknown>>;

/** Readable in a name: what is no lower case letter, digit, ".", "_" or "-" becomes "-". */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .slice(0, 60)
    .replace(/^[-.]+|[-.]+$/g, '');

/**
 * The id of a leg that has no name of its own: its values to read, in the order of their keys, and 8 hex digits of their hash
 * to tell them apart. The same in whatever order the keys come.
 */
export function legId(matrix: Matrix): string {
  const values = Object.keys(matrix)
    .sort()
    .map((key) => matrix[key])
    .map((value) => (typeof value === 'string' ? value : canonicalText(value)));
  const slug = slugOf(values.join('-')) || 'leg';
  return `${slug}-${encodedOf(digestOf(canonicalText(matrix))).slice(0, 8)}`;
}

type Json = Readonly<Record<string, unknown>>;

/** The fields of a JSON object; none of anything else. */
export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

/** A text; an empty one of anything else. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

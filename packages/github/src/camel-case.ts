/** `leg-index` as `legIndex`, on the level of types. */
export type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** `leg-index` as `legIndex`. */
export const camelCase = (text: string): string =>
  text.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

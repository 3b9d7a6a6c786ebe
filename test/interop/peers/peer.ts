/** What a client of other people does with images. References are `HOST/REPOSITORY`, and `:TAG` or `@DIGEST`. */
export interface Peer {
  digest(reference: string): Promise<string>;
  /** The bytes of the manifest or the index. */
  raw(reference: string): Promise<Buffer>;
  /** The config of the image that an index has for a platform, `linux/arm64`. */
  config(reference: string, platform: string): Promise<unknown>;
  /** Copies an index with all that is in it. */
  copy(from: string, to: string): Promise<void>;
}

/** Runs a tool with the login of a registry, if there is one, and gives what it printed. */
export type Run = (...args: readonly string[]) => Promise<Buffer>;

export const textOf = (printed: Buffer): string => printed.toString().trim();

export const jsonOf = (printed: Buffer): unknown => JSON.parse(printed.toString());

import { type Digest, parseDigest } from '@oci-matrix/oci';
import { openFileMap } from './file-map.ts';

/** The tags of a repository, and for a while what they were. */
export interface TagTable {
  /** The digest that the tag had so many ms ago. */
  get(tag: string, ago?: number): Digest | undefined;
  /** Moves the tag. `always` makes it seem so at any time before, too. */
  set(tag: string, digest: Digest, always?: boolean): void;
  delete(tag: string): boolean;
  /** The tags of so many ms ago, in lexical order. */
  list(ago?: number): string[];
}

interface Change {
  /** In ms of the memory's clock. */
  readonly at: number;
  readonly digest: Digest | undefined;
}

/** How the past is remembered. */
export interface TagMemory {
  /** For how many ms it can be asked for. */
  readonly span: number;
  /** In ms of a clock that never goes back. */
  readonly now: () => number;
}

/** Opens the folder with the tags; without one they are kept in memory. */
export function openTagTable(folder: string | undefined, { span, now }: TagMemory): TagTable {
  const current = openFileMap<Digest>(folder, {
    encode: (digest) => digest,
    decode: (bytes) => parseDigest(bytes.toString()),
  });
  const histories = new Map<string, readonly Change[]>(
    current
      .keys()
      .map((tag) => [tag, [{ at: Number.NEGATIVE_INFINITY, digest: current.get(tag) }]]),
  );
  const remember = (tag: string, change: Change): void => {
    const history = histories.get(tag) ?? [];
    const oldest = history.findLastIndex(({ at }) => at <= now() - span);
    histories.set(tag, [...history.slice(Math.max(oldest, 0)), change]);
  };
  const get = (tag: string, ago = 0): Digest | undefined =>
    histories.get(tag)?.findLast(({ at }) => at <= now() - ago)?.digest;
  return {
    get,
    set(tag, digest, always = false) {
      current.set(tag, digest);
      remember(tag, { at: always ? Number.NEGATIVE_INFINITY : now(), digest });
    },
    delete(tag) {
      if (!current.has(tag)) return false;
      remember(tag, { at: now(), digest: undefined });
      return current.delete(tag);
    },
    list: (ago = 0) =>
      [...histories.keys()].filter((tag) => get(tag, ago) !== undefined).sort(lexically),
  };
}

/** "Case-insensitive alphanumeric order" (distribution-spec v1.1.1, "Listing Tags"), made total by code unit. */
export function lexically(a: string, b: string): number {
  return compare(a.toLowerCase(), b.toLowerCase()) || compare(a, b);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One inode of a layer. Hard links are names of the same one. Text has one character for each byte. */
export interface LayerNode {
  readonly type: 'file' | 'directory' | 'symlink' | 'device';
  /** Of a file its length, of a symbolic link that of its target, in bytes; else 0. */
  readonly size: number;
  /** What its extended attributes take beside each other, in bytes. */
  attributes: number;
  /** True of a directory that hides what other layers have in it. */
  isOpaque?: boolean;
  /** True of one that may have several names. */
  isLinked?: boolean;
  /** Of a symbolic link. */
  readonly target?: string;
  /** Of a directory, by name. */
  readonly children?: Map<string, LayerNode>;
}

export const emptyDirectory = (): LayerNode => ({
  type: 'directory',
  size: 0,
  attributes: 0,
  children: new Map(),
});

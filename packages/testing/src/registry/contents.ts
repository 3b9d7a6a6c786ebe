import type { Digest } from '@oci-matrix/oci';
import type { BatchWriter } from './batch-writer.ts';
import type { FileSlice } from './exchange.ts';

/** The bytes of blobs, and of the uploads that are to become some. */
export interface Contents {
  /** Opens an upload; what is written goes behind what it has. */
  append(upload: string): Promise<Appender>;
  read(upload: string): AsyncIterable<Uint8Array>;
  /** In bytes. */
  sizeOf(upload: string): Promise<number>;
  /** Makes an upload the content of a blob. */
  keep(upload: string, digest: Digest): Promise<void>;
  drop(upload: string): Promise<void>;
  /** Part of a blob, in bytes. */
  slice(digest: Digest, start: number, size: number): Uint8Array | FileSlice;
  blob(digest: Digest): Uint8Array;
  /** Makes bytes at hand the content of a blob. */
  write(digest: Digest, content: Uint8Array): void;
  remove(digest: Digest): void;
}

export interface Appender extends BatchWriter, AsyncDisposable {}

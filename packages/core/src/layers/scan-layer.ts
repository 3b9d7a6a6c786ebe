import { ContentError } from '@oci-matrix/distribution';
import {
  algorithmOf,
  createDigester,
  type Descriptor,
  type Digest,
  OciError,
} from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { type Compression, compressionOf, decompress } from './decompress.ts';
import { type DiskUse, diskUse } from './disk-use.ts';
import { createFeed } from './feed.ts';
import { type LayerLimits, layerLimits } from './layer-limits.ts';
import { createLayerTree } from './layer-tree.ts';
import { readTar } from './read-tar.ts';
import { type ReceivedBlob, receiveBlob } from './received-blob.ts';
import { createTarSplit, type TarSplit } from './tar-split.ts';

export interface ScanLayerOptions {
  readonly descriptor: Descriptor;
  /** What the image says that it unpacks to; checked where it is given. */
  readonly diffId?: Digest | undefined;
  /** Opens the blob as it travels. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** In bytes, one or more. */
  readonly blockSizes: readonly number[];
  /** Called with the bytes of the blob that came so far. */
  readonly onProgress?: ((received: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How much is read before the layer is refused; more than any real one has unless given. */
  readonly limits?: Partial<LayerLimits> | undefined;
}

/** What is in a layer, whatever keeps it. */
export interface LayerScan extends DiskUse {
  readonly diffId: Digest;
  /** Files in the tar, of every kind. */
  readonly entries: number;
  /** Of Docker's `tar-split.json.gz`, in bytes. */
  readonly tarSplit: number;
}

/**
 * Reads a layer once, as a stream: checks the digest and the length of the blob and the digest of what it unpacks to, and counts
 * what that takes on a disk. Throws `ContentError`, and `LAYER_INVALID` where an engine could not unpack it.
 */
export async function scanLayer(options: ScanLayerOptions): Promise<LayerScan> {
  const { descriptor, open, onProgress, signal } = options;
  const what = `the layer ${descriptor.digest}`;
  const blob = receiveBlob(descriptor, open(), { what, onProgress, signal });
  const tarSplit = createTarSplit();
  try {
    return await scan(blob, tarSplit, options);
  } catch (error) {
    if (blob.hasFailed() || error instanceof OciError) throw error;
    // What was damaged on its way is not the layer's fault.
    await blob.finish();
    throw new MatrixError('LAYER_INVALID', `${what} cannot be measured: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    tarSplit.close();
    await blob.close();
  }
}

async function scan(
  blob: ReceivedBlob,
  tarSplit: TarSplit,
  { descriptor, diffId: expected, blockSizes, limits }: ScanLayerOptions,
): Promise<LayerScan> {
  const most = { ...layerLimits, ...limits };
  const tree = createLayerTree(most);
  let entries = 0;
  const feed = createFeed(
    readTar(
      {
        ...tarSplit,
        entry: (entry) => {
          entries += 1;
          tree.add(entry);
          tarSplit.entry(entry);
        },
      },
      most,
    ),
  );
  const algorithm = algorithmOf(expected ?? 'sha256:');
  const mostUnpacked = most.unpacked + most.ratio * descriptor.size;
  const { compression, chunks } = await unpacked(blob);
  // A layer that is not compressed has one digest for both.
  const isSame = compression === 'none' && algorithm === algorithmOf(descriptor.digest);
  const digester = isSame ? undefined : createDigester(algorithm);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > mostUnpacked) throw new Error(`it unpacks to more than ${mostUnpacked} bytes`);
    digester?.update(chunk);
    feed.write(chunk);
    await tarSplit.ready();
  }
  feed.end();
  await blob.finish();
  const diffId = digester?.digest() ?? descriptor.digest;
  if (expected !== undefined && diffId !== expected) {
    const what = `what the layer ${descriptor.digest} unpacks to`;
    throw new ContentError('DIGEST_MISMATCH', what, expected, diffId);
  }
  return { ...diskUse(tree.root, blockSizes), diffId, entries, tarSplit: await tarSplit.end() };
}

async function unpacked(
  blob: ReceivedBlob,
): Promise<{ compression: Compression; chunks: AsyncIterable<Uint8Array> }> {
  const rest = blob.chunks();
  const start: Buffer[] = [];
  for (let length = 0; length < 4; ) {
    const { value, done } = await rest.next();
    if (done) break;
    start.push(Buffer.from(value));
    length += value.byteLength;
  }
  const first = Buffer.concat(start);
  const all = (async function* (): AsyncGenerator<Uint8Array> {
    yield first;
    yield* rest;
  })();
  const compression = compressionOf(first);
  return { compression, chunks: compression === 'none' ? all : decompress(compression, all) };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isPacked = 'code' in error && /^Z(?:STD)?_/.test(String(error.code));
  return isPacked ? `it cannot be decompressed: ${error.message}` : error.message;
}

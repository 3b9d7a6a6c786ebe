import { type Digest, isDigest } from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { MatrixError } from '../error.ts';

/** The most a document may have, in characters: it comes from a registry, an artifact or a file of somebody else's. */
export const maxLayersMetaLength = 4 * 1024 * 1024;

/** What keeps layers on the device: the classic store of overlay2, or containerd's, which keeps the compressed blob too. */
export type LayerStore = 'overlay2' | 'containerd';
export const layerStores = ['overlay2', 'containerd'] as const;

const amount = z.int().check(z.nonnegative());
const blockSize = z.int().check(z.positive(), z.maximum(2 ** 30));
const digest = z
  .string()
  .check(
    z.regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/),
    z.refine(isDigest, 'is not a digest'),
  );
const architecture = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9._-]{0,63}(?:\/[a-z0-9._-]{1,64})?$/));

const layer = z.object({
  size: amount,
  usage: amount,
  archive_size: z.optional(amount),
  base: z.optional(z.boolean()),
  diff_id: z.optional(digest),
  entries: z.optional(amount),
  inodes: z.optional(amount),
  usages: z.optional(
    z
      .record(z.string().check(z.regex(/^[1-9][0-9]{0,9}$/)), amount)
      .check(
        z.refine((usages) => Object.keys(usages).length <= 16, 'has more than 16 block sizes'),
      ),
  ),
});

/** Of one platform: what Foundries' `layers_meta.json` has, and more beside it, which its readers pass over. */
export const platformLayersMetaSchema = z.object({
  fs_block_size: blockSize,
  layers: z.record(digest, layer),
  model: z.optional(z.string().check(z.regex(/^[a-z0-9][a-z0-9./-]{0,63}$/))),
  store: z.optional(z.enum(layerStores)),
});

/** Of several platforms, by architecture, with the variant behind a slash where there is one. */
export const mergedLayersMetaSchema = z.record(architecture, platformLayersMetaSchema);

/** Either of them, as files and registries have them. */
export const layersMetaSchema = z.union([platformLayersMetaSchema, mergedLayersMetaSchema]);

/** What one layer costs. All are bytes, but for the two counts. */
export interface LayerMeta {
  /** The content of its files, as the engine that pulls it counts: links by the length of their target, hard links once. */
  readonly size: number;
  /** On the disk, in blocks of the document's size, with what the store keeps beside the files. */
  readonly usage: number;
  /** Of the blob, as it travels. Foundries' builds leave it out, and the publisher adds it. */
  readonly archive_size?: number;
  /** True of the lowest layer of an image, beside which overlay2 keeps less. */
  readonly base?: boolean;
  /** The digest of the unpacked tar. */
  readonly diff_id?: Digest;
  /** The headers of files in the tar. */
  readonly entries?: number;
  readonly inodes?: number;
  /** `usage` by block size, where more than one was asked for. */
  readonly usages?: Readonly<Record<string, number>>;
}

export interface PlatformLayersMeta {
  /** In bytes. */
  readonly fs_block_size: number;
  /** By the digest of the blob. */
  readonly layers: Readonly<Record<Digest, LayerMeta>>;
  /** The formula behind `usage`, with its version, e.g. `ext4-overlay2/v1`. Not in what Foundries' tools write. */
  readonly model?: string;
  readonly store?: LayerStore;
}

export type MergedLayersMeta = Readonly<Record<string, PlatformLayersMeta>>;
export type LayersMeta = PlatformLayersMeta | MergedLayersMeta;

export const isPlatformLayersMeta = (document: LayersMeta): document is PlatformLayersMeta =>
  typeof document.fs_block_size === 'number';

/** Reads a document from outside, of one platform or of several. `from` names where it came from, for the error. */
export function parseLayersMeta(json: string, from: string): LayersMeta {
  if (json.length > maxLayersMetaLength) {
    throw invalid(from, `has ${json.length} characters, at most ${maxLayersMetaLength} go`);
  }
  const value = parseJson(json, from);
  const schema = hasBlockSize(value) ? platformLayersMetaSchema : mergedLayersMetaSchema;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(from, `${issue?.path.join('.') || 'the document'}: ${issue?.message}`);
  }
  return parsed.data as LayersMeta;
}

/** What a document says of one architecture; a document of one platform says it of whichever it was made for. */
export function layersMetaOf(
  document: LayersMeta,
  architecture: string,
): PlatformLayersMeta | undefined {
  if (isPlatformLayersMeta(document)) return document;
  return Object.hasOwn(document, architecture) ? document[architecture] : undefined;
}

/** The one text of a document: compact, digests and architectures sorted, the fields in the order of Foundries' tools. */
export const layersMetaText = (document: LayersMeta): string =>
  JSON.stringify(
    isPlatformLayersMeta(document)
      ? orderedPlatform(document)
      : Object.fromEntries(sorted(document).map(([key, one]) => [key, orderedPlatform(one)])),
  );

const orderedPlatform = ({ fs_block_size, layers, model, store }: PlatformLayersMeta): unknown => ({
  fs_block_size,
  layers: Object.fromEntries(sorted(layers).map(([key, one]) => [key, orderedLayer(one)])),
  model,
  store,
});

// Keys that are numbers come sorted in any object of JavaScript.
const orderedLayer = (one: LayerMeta): unknown => {
  const { size, usage, archive_size, base, diff_id, entries, inodes, usages } = one;
  return { size, usage, archive_size, base, diff_id, entries, inodes, usages };
};

const sorted = <Value>(record: Readonly<Record<string, Value>>): [string, Value][] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

const hasBlockSize = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'fs_block_size');

function parseJson(json: string, from: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalid(from, 'is not JSON');
  }
}

const invalid = (from: string, reason: string): MatrixError =>
  new MatrixError('LAYERS_META_INVALID', `the layer metadata of ${from} cannot be read: ${reason}`);

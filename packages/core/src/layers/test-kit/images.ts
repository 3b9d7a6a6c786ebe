import { gzipSync } from 'node:zlib';
import {
  canonicalBytes,
  type Descriptor,
  type Digest,
  descriptorOf,
  digestOf,
  mediaTypes,
  parsePlatform,
} from '@oci-matrix/oci';
import type { Layout } from '../../layout.ts';
import { layerTar, type TestEntry } from './layer-tar.ts';

const { imageManifest, imageIndex, imageConfig, imageLayerGzip } = mediaTypes;

/** A layer, as it is and as it travels. */
export interface TestLayer {
  readonly tar: Buffer;
  readonly blob: Buffer;
  readonly descriptor: Descriptor;
}

export function layerOf(...entries: readonly TestEntry[]): TestLayer {
  const tar = layerTar(entries);
  const blob = gzipSync(tar);
  return { tar, blob, descriptor: descriptorOf(blob, imageLayerGzip) };
}

/** Where content can be put without a request. */
interface Store {
  seedBlob(repository: string, content: Uint8Array): Descriptor;
  seedManifest(
    repository: string,
    document: object | Uint8Array,
    options?: { tag?: string },
  ): Descriptor;
}

export interface ImageChanges {
  /** What the config says instead of the truth. */
  readonly diffIds?: readonly Digest[];
}

/** Images that grow in memory. */
export interface TestImages {
  image(platform: string, layers: readonly TestLayer[], changes?: ImageChanges): Descriptor;
  manifest(document: object, more?: Partial<Descriptor>): Descriptor;
  /** The digests of blobs that were opened, in order. */
  readonly opened: Digest[];
  /** A layout with these at its top. */
  layout(...entries: readonly Descriptor[]): Layout;
  /** Puts everything into `octo/app`, and an index of these at the tag. */
  seed(registry: Store, tag: string, ...entries: readonly Descriptor[]): Descriptor;
}

export function testImages(): TestImages {
  const blobs = new Map<Digest, Uint8Array>();
  const manifests = new Map<Digest, Uint8Array>();
  const opened: Digest[] = [];
  const put = (into: Map<Digest, Uint8Array>, bytes: Uint8Array, type: string): Descriptor => {
    const descriptor = descriptorOf(bytes, type);
    into.set(descriptor.digest, bytes);
    return descriptor;
  };
  const manifest: TestImages['manifest'] = (document, more) => ({
    ...put(
      manifests,
      canonicalBytes({ schemaVersion: 2, mediaType: imageManifest, ...document }),
      imageManifest,
    ),
    ...more,
  });
  const bytesOf = (digest: Digest): Uint8Array | undefined =>
    blobs.get(digest) ?? manifests.get(digest);

  return {
    opened,
    manifest,
    image: (text, layers, { diffIds = layers.map(({ tar }) => digestOf(tar)) } = {}) => {
      const platform = parsePlatform(text);
      const rootfs = { type: 'layers', diff_ids: diffIds };
      const config = put(blobs, canonicalBytes({ ...platform, rootfs }), imageConfig);
      const own = layers.map(({ blob }) => put(blobs, blob, imageLayerGzip));
      return manifest({ config, layers: own }, { platform });
    },
    layout: (...entries) => ({
      index: async () =>
        canonicalBytes({ schemaVersion: 2, mediaType: imageIndex, manifests: entries }),
      size: async (digest) => bytesOf(digest)?.byteLength,
      async *open(digest) {
        opened.push(digest);
        yield bytesOf(digest) ?? new Uint8Array();
      },
    }),
    seed: (registry, tag, ...entries) => {
      for (const bytes of blobs.values()) registry.seedBlob('octo/app', bytes);
      for (const bytes of manifests.values()) registry.seedManifest('octo/app', bytes);
      const index = { schemaVersion: 2, mediaType: imageIndex, manifests: entries };
      return registry.seedManifest('octo/app', index, { tag });
    },
  };
}

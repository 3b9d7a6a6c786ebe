import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Descriptor,
  type Digest,
  descriptorOf,
  encodedOf,
  mediaTypes,
  parsePlatform,
} from '@oci-matrix/oci';
import type { Layout } from '../layout.ts';

/** An image layout that grows in memory. */
export interface TestLayout {
  /** By path. */
  readonly files: Map<string, Uint8Array>;
  blob(content: string, mediaType: string): Descriptor;
  /** A container image; its descriptor has the platform. */
  image(platform: string, more?: ImageParts): Descriptor;
  attestation(subject: Descriptor): Descriptor;
  /** An index below the top. */
  index(...entries: readonly Descriptor[]): Descriptor;
  /** Writes `index.json`. */
  finish(entries: readonly Descriptor[], more?: object): TestLayout;
}

export interface ImageParts {
  /** What the config says of its platform, if it is not the truth. */
  readonly config?: object;
  readonly layerType?: string;
  readonly layer?: string;
  /** Where else the layer is. */
  readonly urls?: readonly string[];
}

const { imageManifest, imageIndex, imageConfig, imageLayerGzip } = mediaTypes;

export function testLayout(): TestLayout {
  const files = new Map([['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]]);
  const blob = (content: string, mediaType: string): Descriptor => {
    const descriptor = descriptorOf(Buffer.from(content), mediaType);
    files.set(`blobs/sha256/${encodedOf(descriptor.digest)}`, Buffer.from(content));
    return descriptor;
  };
  const document = (mediaType: string, rest: object): Descriptor =>
    blob(JSON.stringify({ schemaVersion: 2, mediaType, ...rest }, null, 2), mediaType);

  const layout: TestLayout = {
    files,
    blob,
    image(text, { config, layerType = imageLayerGzip, layer = `layer ${text}`, urls } = {}) {
      const platform = parsePlatform(text);
      const manifest = document(imageManifest, {
        config: blob(JSON.stringify(config ?? platform), imageConfig),
        layers: [{ ...blob(layer, layerType), ...(urls === undefined ? {} : { urls }) }],
      });
      return { ...manifest, platform };
    },
    attestation({ digest }) {
      const manifest = document(imageManifest, {
        config: blob(`{"of":"${digest}"}`, imageConfig),
        layers: [blob(`statement on ${digest}`, 'application/vnd.in-toto+json')],
      });
      const annotations = {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': digest,
      };
      return { ...manifest, annotations, platform: { architecture: 'unknown', os: 'unknown' } };
    },
    index: (...manifests) => document(imageIndex, { manifests }),
    finish(manifests, more = { mediaType: imageIndex }) {
      const text = JSON.stringify({ schemaVersion: 2, ...more, manifests });
      files.set('index.json', Buffer.from(text));
      return layout;
    },
  };
  return layout;
}

/** The layout to read from, without a disk. */
export function layoutOf({ files }: TestLayout): Layout {
  const blobAt = (digest: Digest) => files.get(`blobs/sha256/${encodedOf(digest)}`);
  return {
    index: async () => files.get('index.json') ?? new Uint8Array(),
    size: async (digest) => blobAt(digest)?.byteLength,
    async *open(digest) {
      yield blobAt(digest) ?? new Uint8Array();
    },
  };
}

/** Puts the files into a folder. */
export async function writeLayout({ files }: TestLayout, directory: string): Promise<string> {
  for (const [name, content] of files) {
    const file = path.join(directory, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return directory;
}

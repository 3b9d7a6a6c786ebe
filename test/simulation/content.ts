import { type ImagePlan, planArtifact } from '@oci-matrix/core';
import {
  type Descriptor,
  descriptorOf,
  mediaTypes,
  type Platform,
  parsePlatform,
} from '@oci-matrix/oci';
import type { DirectRegistry } from '../../packages/testing/src/registry/direct-registry.ts';

export const host = 'registry.test:5000';
export const repositoryName = 'acme/app';

/** What a leg pushes: an image for a platform, or an artifact. */
export interface LegContent {
  readonly platform: string | undefined;
  readonly artifactType: string | undefined;
}

/** The image or artifact of a leg; another `text` makes another one. */
export function planOf({ platform, artifactType }: LegContent, text: string): ImagePlan {
  const parsed = platform === undefined ? undefined : parsePlatform(platform);
  if (artifactType !== undefined) {
    const blobs = [blobOf(text, mediaTypes.octetStream), blobOf('notes', mediaTypes.octetStream)];
    return planArtifact({ blobs, present: [], artifactType, platform: parsed });
  }
  const configBytes = Buffer.from(JSON.stringify({ ...parsed, created: text }));
  return planArtifact({
    blobs: [blobOf('base', mediaTypes.imageLayerGzip), blobOf(text, mediaTypes.imageLayerGzip)],
    present: [],
    config: blobOf(configBytes, mediaTypes.imageConfig),
    configBytes,
  });
}

function blobOf(content: string | Uint8Array, mediaType: string): ImagePlan['blobs'][number] {
  const bytes = Buffer.from(content);
  return {
    descriptor: descriptorOf(bytes, mediaType),
    source: {
      async *open() {
        yield bytes;
      },
    },
  };
}

/** Puts an image there that is not ours. */
export function seedImage(registry: DirectRegistry, platform: Platform, text: string): Descriptor {
  const config = registry.seedBlob(repositoryName, JSON.stringify({ ...platform, text }));
  const layer = registry.seedBlob(repositoryName, `layer ${text}`);
  const manifest = registry.seedManifest(repositoryName, {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: { ...config, mediaType: mediaTypes.imageConfig },
    layers: [{ ...layer, mediaType: mediaTypes.imageLayerGzip }],
  });
  return { ...manifest, platform };
}

/** Puts an index there as another tool writes it: with white space, escapes and members that nobody here knows. */
export function seedForeignIndex(
  registry: DirectRegistry,
  tag: string,
  entries: readonly Descriptor[],
): void {
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: entries.map((entry) => ({ 'x-by': 'söme töol', ...entry })),
    annotations: { made: 'elsewhere' },
    'x-number': 1,
  };
  const text = JSON.stringify(document, null, 3)
    .replaceAll('ö', '\\u00f6')
    .replace('"x-number": 1', '"x-number": 1.0e2');
  registry.seedManifest(repositoryName, text, { tag, mediaType: mediaTypes.imageIndex });
}

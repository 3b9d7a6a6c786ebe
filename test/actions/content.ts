import {
  canonicalBytes,
  type Descriptor,
  type Digest,
  descriptorOf,
  digestOf,
  formatPlatform,
  isManifestType,
  mediaTypes,
  type Platform,
} from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';

/** A document or a blob, and the bytes of everything below it. */
export interface Content {
  readonly descriptor: Descriptor;
  readonly blobs: ReadonlyMap<Digest, { readonly bytes: Uint8Array; readonly mediaType: string }>;
}

export function contentOf(
  bytes: Uint8Array,
  mediaType: string,
  below: readonly Content[] = [],
  more: Partial<Descriptor> = {},
): Content {
  const descriptor = descriptorOf(bytes, mediaType, more);
  const blobs = new Map(below.flatMap((content) => [...content.blobs]));
  return { descriptor, blobs: blobs.set(descriptor.digest, { bytes, mediaType }) };
}

export const linux = (architecture: string): Platform => ({ architecture, os: 'linux' });

/** A container image with one layer, an empty archive whose length sets it apart. */
export function imageOf(platform: Platform, build = 1): Content {
  const tar = Buffer.alloc(1024 * build);
  const layer = contentOf(tar, mediaTypes.imageLayer);
  const config = contentOf(
    canonicalBytes({
      ...platform,
      config: { Labels: { platform: formatPlatform(platform) } },
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }),
    mediaTypes.imageConfig,
  );
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: config.descriptor,
    layers: [layer.descriptor],
  };
  return contentOf(canonicalBytes(manifest), manifest.mediaType, [config, layer], { platform });
}

export interface IndexMembers {
  readonly annotations?: Readonly<Record<string, string>>;
}

export function indexOf(children: readonly Content[], members: IndexMembers = {}): Content {
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: children.map(({ descriptor }) => descriptor),
    ...members,
  };
  return contentOf(canonicalBytes(index), index.mediaType, children);
}

/** An artifact with one file, of a kind. */
export function artifactOf(artifactType: string, text: string): Content {
  const file = contentOf(Buffer.from(text), 'text/plain');
  const config = contentOf(Buffer.from('{}'), mediaTypes.empty);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType,
    config: config.descriptor,
    layers: [file.descriptor],
  };
  return contentOf(canonicalBytes(manifest), manifest.mediaType, [config, file], { artifactType });
}

/** Puts content where another tool would have pushed it. */
export function seed(registry: Registry, repository: string, content: Content, tag?: string): void {
  for (const { bytes, mediaType } of content.blobs.values()) {
    if (isManifestType(mediaType)) registry.seedManifest(repository, bytes, { mediaType });
    else registry.seedBlob(repository, bytes);
  }
  if (tag === undefined) return;
  const root = content.blobs.get(content.descriptor.digest);
  if (root) registry.seedManifest(repository, root.bytes, { tag, mediaType: root.mediaType });
}

import { gzipSync } from 'node:zlib';
import { canonicalBytes, digestOf, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import type { FileContents } from './act.ts';
import { type Content, contentOf } from './content.ts';
import { tarOf } from './layout.ts';

/** A layer as it travels, and the tar in it. */
export interface Layer extends Content {
  readonly tar: Buffer;
}

/** A gzipped layer of regular files. */
export function layerWith(files: FileContents): Layer {
  const tar = tarOf(files);
  return { tar, ...contentOf(gzipSync(tar), mediaTypes.imageLayerGzip) };
}

/** A container image with these layers, from the lowest to the highest. */
export function layeredImage(platform: string, ...layers: readonly Layer[]): Content {
  const parsed = parsePlatform(platform);
  const rootfs = { type: 'layers', diff_ids: layers.map(({ tar }) => digestOf(tar)) };
  const config = contentOf(canonicalBytes({ ...parsed, rootfs }), mediaTypes.imageConfig);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
  };
  return contentOf(canonicalBytes(manifest), manifest.mediaType, [config, ...layers], {
    platform: parsed,
  });
}

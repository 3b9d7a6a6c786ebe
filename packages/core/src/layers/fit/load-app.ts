import type { FetchedBytes, Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  formatReference,
  type ImageManifest,
  mediaTypes,
  parseManifest,
  type Reference,
} from '@oci-matrix/oci';
import { isLayersMeta } from '../../layers-meta/layers-meta-annotation.ts';
import { fetchLayersMeta } from '../../layers-meta/read-layers-meta.ts';
import { unknownManifest } from '../../repository-reader.ts';
import type { App } from './app.ts';
import { loadImage } from './load-image.ts';
import { fetchOlderLayers, olderApp } from './older-app.ts';

/**
 * Reads what a registry has of an App of Foundries' kind, or of an image: its layers' descriptors, and its metadata, which is in
 * the App's second layer, or a referrer of the image. Throws `MANIFEST_UNKNOWN` where it is not there.
 */
export async function loadApp(
  repository: Repository,
  reference: Reference,
  architecture: string,
): Promise<App> {
  const name = formatReference(reference);
  const found = await fetchRoot(repository, reference);
  const { bytes, digest, mediaType = mediaTypes.imageManifest } = found;
  const descriptor = { mediaType, digest, size: bytes.byteLength };
  const older = olderApp(bytes);
  if (older !== undefined) {
    const { layers, documents } = await fetchOlderLayers({
      ...{ repository, name, architecture },
      listed: older.manifests,
    });
    const app = await appOf(repository, name, descriptor, older.image);
    return { ...app, layers, documents: [...(app.documents ?? []), ...documents] };
  }
  const manifest = parseManifest(bytes, found.mediaType);
  const root = { bytes, descriptor: { ...descriptor, mediaType: manifest.mediaType }, manifest };
  if (manifest.kind === 'image' && isApp(manifest.image)) {
    return appOf(repository, name, descriptor, manifest.image);
  }
  return loadImage({ repository, name, root, architecture });
}

async function fetchRoot(
  { manifests, name: repository }: Repository,
  { tag = '', digest }: Reference,
): Promise<FetchedBytes> {
  const found = await manifests.fetchBytes(digest ?? tag);
  if (found !== undefined) return found;
  throw unknownManifest(formatReference(repository), digest ?? tag);
}

const isApp = ({ annotations, layers: [, second] }: ImageManifest): boolean =>
  annotations?.['compose-app'] !== undefined || (second !== undefined && isLayersMeta(second));

async function appOf(
  repository: Repository,
  name: string,
  descriptor: Descriptor,
  { config, layers: [archive, meta] }: ImageManifest,
): Promise<App> {
  const app = { name, archive, documents: [descriptor, config] };
  if (meta === undefined || !isLayersMeta(meta)) return app;
  const document = await fetchLayersMeta(repository, meta, name);
  return { ...app, document, documents: [...app.documents, meta] };
}

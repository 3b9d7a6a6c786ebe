import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Digest, digestOf, encodedOf, parsePlatform } from '@oci-matrix/oci';
import { tarLink, tarOf } from './tar.ts';

/** How the makers of such archives lay them out. */
export type ArchiveForm =
  /** Docker before 25: a folder for each layer, and symbolic links where two are the same. */
  | 'docker'
  /** podman and skopeo: `DIGEST.tar`, each once. */
  | 'podman'
  /** crane, apko and Jib: as a registry has them, the config without an ending. */
  | 'gzip'
  | 'zstd';

export interface ArchiveImage {
  readonly platform?: string;
  readonly names?: readonly string[] | null;
  /** The contents of its layers, not compressed. */
  readonly layers?: readonly string[];
  /** What the config says of the layers, if it is not the truth. */
  readonly diffIds?: readonly string[];
}

export interface TestArchive {
  readonly files: Map<string, Uint8Array>;
  readonly links: Map<string, string>;
  /** What manifest.json will say. */
  readonly manifest: { Config: string; RepoTags: readonly string[] | null; Layers: string[] }[];
}

const packed = {
  docker: (text: string) => Buffer.from(text),
  podman: (text: string) => Buffer.from(text),
  gzip: (text: string) => gzipSync(text),
  zstd: (text: string) => zstdCompressSync(text),
} as const;

/** The files of an archive with these images. */
export function dockerArchive(form: ArchiveForm, ...images: readonly ArchiveImage[]): TestArchive {
  const archive: TestArchive = { files: new Map(), links: new Map(), manifest: [] };
  for (const image of images) addImage(archive, form, image);
  return archive;
}

function addImage(archive: TestArchive, form: ArchiveForm, image: ArchiveImage): void {
  const { platform = 'linux/amd64', names = null, layers = ['a layer'] } = image;
  const diffIds = image.diffIds ?? layers.map((layer) => digestOf(layer));
  const config = Buffer.from(
    JSON.stringify({ ...parsePlatform(platform), rootfs: { type: 'layers', diff_ids: diffIds } }),
  );
  const digest = digestOf(config);
  const path = form === 'gzip' ? digest : `${encodedOf(digest)}.json`;
  archive.files.set(path, config);
  const paths = layers.map((layer, at) => addLayer(archive, form, layer, `${names}${at}`));
  archive.manifest.push({ Config: path, RepoTags: names, Layers: paths });
}

function addLayer(
  { files, links }: TestArchive,
  form: ArchiveForm,
  layer: string,
  id: string,
): string {
  const bytes = packed[form](layer);
  const own = `${encodedOf(digestOf(form === 'docker' ? id + layer : bytes))}`;
  const path = form === 'docker' ? `${own}/layer.tar` : `${own}.tar${form === 'gzip' ? '.gz' : ''}`;
  const same = [...files].find(([, content]) => bytes.equals(content))?.[0];
  if (same !== undefined && form === 'docker') links.set(path, `../${same}`);
  else files.set(path, bytes);
  return path;
}

/** The bytes of the archive, its manifest.json last as Docker has it. */
export function archiveBytes({ files, links, manifest }: TestArchive): Buffer {
  const all = new Map(files).set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  const linked = [...links].map(([name, target]) => tarLink(name, target));
  return Buffer.concat([...linked, tarOf(all, 'ustar')]);
}

/** The digests that the layers have in a registry. */
export const layerDigests = (form: ArchiveForm, ...layers: readonly string[]): Digest[] =>
  layers.map((layer) => digestOf(packed[form](layer)));

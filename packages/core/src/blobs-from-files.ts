import path from 'node:path';
import pMap from 'p-map';
import { MatrixError } from './error.ts';
import { type Blob, blobFromFile } from './file-blob.ts';
import { type MediaTypeMap, mediaTypeOf } from './media-type-map.ts';

/** A file to push. */
export interface FileInput {
  readonly path: string;
  /** As the user gave it for this file; else the map decides. */
  readonly mediaType?: string | undefined;
}

export interface BlobsFromFilesOptions {
  readonly files: readonly FileInput[];
  readonly mediaTypes: MediaTypeMap;
  readonly defaultMediaType?: string | undefined;
}

export const titleKey = 'org.opencontainers.image.title';

/** Digests files, sorted by path. All media types are settled before the first byte is read. */
export async function blobsFromFiles(options: BlobsFromFilesOptions): Promise<Blob[]> {
  const titled = withTitles(options.files);
  const typed = titled.map((file) => ({
    ...file,
    mediaType:
      file.mediaType ?? mediaTypeOf(file.title, options.mediaTypes) ?? options.defaultMediaType,
  }));
  refuseUntyped(typed);
  return pMap(
    typed,
    ({ path, mediaType = '', title }) =>
      blobFromFile(path, mediaType, { annotations: { [titleKey]: title } }),
    { concurrency: 4 },
  );
}

interface TitledFile extends FileInput {
  readonly title: string;
}

// A title is the path below the folder that all files share: the name alone when they lie in one folder.
function withTitles(files: readonly FileInput[]): TitledFile[] {
  const folders = files.map((file) => path.dirname(path.resolve(file.path)).split(path.sep));
  const shared = folders.reduce((a, b) => a.slice(0, firstDifference(a, b)), folders[0] ?? []);
  const root = shared.join(path.sep) || path.sep;
  const titled = files.map((file) => ({
    ...file,
    title: path.relative(root, path.resolve(file.path)).split(path.sep).join('/'),
  }));
  return titled.sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? a.length : at;
}

function refuseUntyped(files: readonly TitledFile[]): void {
  const untyped = files
    .filter(({ mediaType }) => mediaType === undefined)
    .map(({ title }) => title);
  if (untyped.length === 0) return;
  throw new MatrixError('MEDIA_TYPE_UNKNOWN', `no media type is known for ${untyped.join(', ')}`, {
    hint: 'Add a line "suffix=type/subtype" to media-types, write "path:type/subtype" in files, or set default-media-type.',
  });
}

import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { algorithmOf, type Digest, encodedOf, maxManifestSize } from '@oci-matrix/oci';
import { type Archive, collect, openArchive } from './archive.ts';
import { MatrixError } from './error.ts';

/** An image layout to read from, a folder or an archive of one: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export interface Layout {
  /** The bytes of `index.json`. */
  index(): Promise<Uint8Array>;
  /** A blob's length in bytes, or undefined where the layout does not have it. */
  size(digest: Digest): Promise<number | undefined>;
  open(digest: Digest): AsyncIterable<Uint8Array>;
}

const blobPath = (digest: Digest): string => `blobs/${algorithmOf(digest)}/${encodedOf(digest)}`;

/** The layout in a folder. */
export async function openLayoutDirectory(directory: string): Promise<Layout> {
  const inside = (name: string): string => path.join(directory, ...name.split('/'));
  const { size } = await stat(inside('index.json')).catch((cause: unknown) => {
    throw invalid(directory, 'it has no index.json', cause);
  });
  refuseLong(directory, size);
  return {
    index: () => readFile(inside('index.json')),
    size: async (digest) => {
      const found = await stat(inside(blobPath(digest))).catch(() => undefined);
      return found?.isFile() ? found.size : undefined;
    },
    open: (digest) => createReadStream(inside(blobPath(digest))),
  };
}

/** The layout in a tar archive. */
export async function openLayoutArchive(file: string): Promise<Layout> {
  const archive = await openArchive(file).catch((cause: unknown) => {
    throw invalid(file, 'it cannot be read as a tar archive', cause);
  });
  return layoutInArchive(file, archive);
}

export function layoutInArchive(file: string, archive: Archive): Layout {
  const size = archive.size('index.json');
  if (size === undefined) throw invalid(file, 'it has no index.json');
  refuseLong(file, size);
  return {
    index: () => collect(archive.open('index.json')),
    size: async (digest) => archive.size(blobPath(digest)),
    open: (digest) => archive.open(blobPath(digest)),
  };
}

function refuseLong(where: string, size: number): void {
  if (size <= maxManifestSize) return;
  throw invalid(where, `its index.json has ${size} bytes, at most ${maxManifestSize} go`);
}

const invalid = (where: string, reason: string, cause?: unknown): MatrixError =>
  new MatrixError('SOURCE_INVALID', `${where} is not an OCI image layout: ${reason}`, {
    hint: 'Write one with e.g. "buildx build --output type=oci", "skopeo copy … oci:DIR" or "crane pull --format oci".',
    cause,
  });

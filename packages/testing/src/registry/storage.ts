import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { algorithmOf, type Digest, encodedOf } from '@oci-matrix/oci';
import { openRepository, type Repository } from './repository.ts';

/** The folder of a registry: `blobs/`, `uploads/` and `repositories/`. */
export interface Storage {
  /** Where the content of the blob is, once it is whole. */
  blobPath(digest: Digest): string;
  /** Where an upload may write. */
  uploadPath(id: string): string;
  /** The repository, if anything was ever stored in it. */
  find(name: string): Repository | undefined;
  /** The repository; makes it where it is missing. */
  open(name: string): Repository;
  repositories(): Repository[];
  /** Makes bytes at hand the content of a blob. */
  writeBlob(digest: Digest, content: Uint8Array): void;
  /** Takes the blob from the repository, and its content from the disk when no other has it. False when it was not there. */
  removeBlob(repository: Repository, digest: Digest): boolean;
  /** Removes the folder, unless it was given. */
  close(): Promise<void>;
}

/** Opens `folder`, or a new temporary one. `memory`: see `openTagTable`. */
export function openStorage(folder: string | undefined, memory: number): Storage {
  const root = folder ?? mkdtempSync(join(tmpdir(), 'oci-matrix-registry-'));
  // What a crash left in uploads/ was never a blob, and nobody can go on with it.
  rmSync(join(root, 'uploads'), { recursive: true, force: true });
  for (const path of ['uploads', 'blobs/sha256', 'blobs/sha512', 'repositories']) {
    mkdirSync(join(root, path), { recursive: true });
  }
  const blobPath = (digest: Digest): string =>
    join(root, 'blobs', algorithmOf(digest), encodedOf(digest));
  const uploadPath = (id: string): string => join(root, 'uploads', id);
  const repositories = openRepositories(join(root, 'repositories'), memory);
  return {
    blobPath,
    uploadPath,
    ...repositories,
    writeBlob(digest, content) {
      const part = uploadPath(randomUUID());
      writeFileSync(part, content);
      renameSync(part, blobPath(digest));
    },
    removeBlob(repository, digest) {
      const removed = repository.blobs.delete(digest);
      const used = repositories.repositories().some(({ blobs }) => blobs.has(digest));
      if (!used) rmSync(blobPath(digest), { force: true });
      return removed;
    },
    async close() {
      if (folder === undefined) await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function openRepositories(
  folder: string,
  memory: number,
): Pick<Storage, 'find' | 'open' | 'repositories'> {
  // "+" is in no repository name, so it can stand for "/" and every name is one folder.
  const names = readdirSync(folder).map((entry) => entry.replaceAll('+', '/'));
  const read = (name: string): Repository =>
    openRepository(join(folder, name.replaceAll('/', '+')), name, memory);
  const opened = new Map(names.map((name) => [name, read(name)]));
  return {
    find: (name) => opened.get(name),
    open(name) {
      const repository = opened.get(name) ?? read(name);
      opened.set(name, repository);
      return repository;
    },
    repositories: () => [...opened.values()],
  };
}

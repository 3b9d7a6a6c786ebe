import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Digest } from '@oci-matrix/oci';
import type { Contents } from './contents.ts';
import { openDiskContents } from './disk-contents.ts';
import { openMemoryContents } from './memory-contents.ts';
import { openRepository, type Repository } from './repository.ts';
import type { TagMemory } from './tag-table.ts';

/** All that a registry keeps. */
export interface Storage {
  readonly contents: Contents;
  /** The repository, if anything was ever stored in it. */
  find(name: string): Repository | undefined;
  /** The repository; makes it where it is missing. */
  open(name: string): Repository;
  repositories(): Repository[];
  /** Takes the blob from the repository, and its content from the disk when no other has it. False when it was not there. */
  removeBlob(repository: Repository, digest: Digest): boolean;
  /** Removes the folder, unless it was given. */
  close(): Promise<void>;
}

/** Opens `folder`, or a new temporary one: `blobs/`, `uploads/` and `repositories/`. */
export function openStorage(folder: string | undefined, memory: TagMemory): Storage {
  const root = folder ?? mkdtempSync(join(tmpdir(), 'oci-matrix-registry-'));
  return {
    ...storageOf(openDiskContents(root), openRepositories(join(root, 'repositories'), memory)),
    async close() {
      if (folder === undefined) await rm(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Keeps everything in memory. */
export const openMemoryStorage = (memory: TagMemory): Storage => ({
  ...storageOf(openMemoryContents(), openRepositories(undefined, memory)),
  async close() {},
});

type Repositories = Pick<Storage, 'find' | 'open' | 'repositories'>;

const storageOf = (contents: Contents, repositories: Repositories): Omit<Storage, 'close'> => ({
  contents,
  ...repositories,
  removeBlob(repository, digest) {
    const removed = repository.blobs.delete(digest);
    const used = repositories.repositories().some(({ blobs }) => blobs.has(digest));
    if (!used) contents.remove(digest);
    return removed;
  },
});

function openRepositories(folder: string | undefined, memory: TagMemory): Repositories {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  // "+" is in no repository name, so it can stand for "/" and every name is one folder.
  const entries = folder === undefined ? [] : readdirSync(folder);
  const names = entries.map((entry) => entry.replaceAll('+', '/'));
  const read = (name: string): Repository =>
    openRepository(folder && join(folder, name.replaceAll('/', '+')), name, memory);
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

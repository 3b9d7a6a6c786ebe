import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ArtifactBackend } from './artifact-methods.ts';
import { commitBlocks } from './blobs.ts';

/** An artifact that a job of a run stored, whatever it holds. */
export interface SeededArtifact {
  readonly run: string;
  readonly name: string;
  /** A zip archive, or what claims to be one. */
  readonly content: Uint8Array;
  readonly attempt?: number;
}

/** Stores an artifact as if a job had; gives its id. */
export async function seedArtifact(
  { store, blobs, nextId }: ArtifactBackend,
  { run, name, content, attempt = 1 }: SeededArtifact,
): Promise<number> {
  const blob = blobs.create();
  await blobs.putBlock(blob, '0', Readable.from([Buffer.from(content)]));
  commitBlocks(blob, ['0']);
  const owner = { run, job: `seeded-${blob.id}`, attempt, since: 1 };
  const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  const [mimeType, createdAt, id, size] = ['application/zip', new Date(), nextId(), content.length];
  const added = store.add({ owner, name, mimeType, blob, createdAt, id, size, digest });
  if (!added) throw new ReferenceError(`the run has an artifact ${name} already`);
  return id;
}

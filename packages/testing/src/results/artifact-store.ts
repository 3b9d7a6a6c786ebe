import type { Blob } from './blobs.ts';
import type { JobIdentity } from './identity.ts';

/** What happens to a name used again in a later attempt of the same run; GitHub was seen to do both. */
export type SameName = 'conflict' | 'per-attempt';

/** Whether a later attempt of a run sees what earlier ones stored; GitHub was seen to do both. */
export type EarlierAttempts = 'seen' | 'hidden';

/** An artifact of a run, from its creation on. */
export interface StoredArtifact {
  readonly owner: JobIdentity;
  readonly name: string;
  readonly mimeType: string;
  readonly blob: Blob;
  readonly createdAt: Date;
  /** Zero until it is finalized. */
  id: number;
  size: number;
  digest: string;
}

/** The artifacts of all runs, and who may see which. */
export interface ArtifactStore {
  add(artifact: StoredArtifact): boolean;
  remove(artifact: StoredArtifact): void;
  /** The newest artifact of that name that the job may see, finalized or not. */
  find(identity: JobIdentity, name: string): StoredArtifact | undefined;
  /** The finalized artifacts that the job may see, ordered by id; the newest of each name if asked. */
  list(identity: JobIdentity): StoredArtifact[];
  all(): readonly StoredArtifact[];
}

export function createArtifactStore(
  sameName: SameName,
  earlierAttempts: EarlierAttempts = 'seen',
): ArtifactStore {
  const artifacts: StoredArtifact[] = [];
  const visible = (identity: JobIdentity) => (artifact: StoredArtifact) =>
    artifact.owner.run === identity.run &&
    (earlierAttempts === 'seen' || artifact.owner.attempt === identity.attempt) &&
    (sameName === 'conflict' ||
      (artifact.owner.attempt >= identity.since && artifact.owner.attempt <= identity.attempt));
  const clashes = (added: StoredArtifact) => (artifact: StoredArtifact) =>
    artifact.owner.run === added.owner.run &&
    artifact.name === added.name &&
    (sameName === 'conflict' || artifact.owner.attempt === added.owner.attempt);

  return {
    add(artifact) {
      const isNew = !artifacts.some(clashes(artifact));
      if (isNew) {
        artifacts.push(artifact);
      }
      return isNew;
    },
    remove: (artifact) => {
      artifacts.splice(artifacts.indexOf(artifact), 1);
    },
    find: (identity, name) =>
      artifacts.filter(visible(identity)).findLast((artifact) => artifact.name === name),
    list: (identity) =>
      artifacts.filter((artifact) => artifact.id > 0 && visible(identity)(artifact)),
    all: () => artifacts,
  };
}

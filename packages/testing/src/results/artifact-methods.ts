import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../runner/json.ts';
import { type Answer, accept, refuse } from './answer.ts';
import type { ArtifactStore, StoredArtifact } from './artifact-store.ts';
import { type Blob, type BlobStore, blobContent, blobSize } from './blobs.ts';
import type { JobIdentity } from './identity.ts';

/** What the methods work on. */
export interface ArtifactBackend {
  readonly store: ArtifactStore;
  readonly blobs: BlobStore;
  readonly nextId: () => number;
  /** The address under which a blob is written or read. */
  readonly sign: (blob: Blob) => string;
  /** How many of the newest artifacts this listing still misses. */
  readonly staleness: () => number;
}

type Method = (
  backend: ArtifactBackend,
  identity: JobIdentity,
  request: JsonObject,
) => Answer | Promise<Answer>;

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const create: Method = ({ store, blobs, sign }, identity, request) => {
  const artifact: StoredArtifact = {
    owner: identity,
    name: text(request.name),
    mimeType: text(request.mime_type) || 'application/zip',
    blob: blobs.create(),
    createdAt: new Date(),
    id: 0,
    size: 0,
    digest: '',
  };
  if (artifact.name === '') {
    return refuse(400, 'invalid_argument', 'an artifact needs a name');
  }
  return store.add(artifact)
    ? accept({ ok: true, signed_upload_url: sign(artifact.blob) })
    : refuse(
        409,
        'already_exists',
        'an artifact with this name already exists on the workflow run',
      );
};

const finalize: Method = async ({ store, nextId }, identity, request) => {
  const artifact = store.find(identity, text(request.name));
  if (artifact === undefined || artifact.owner.job !== identity.job) {
    return refuse(404, 'not_found', 'this job created no artifact of that name');
  }
  const size = await blobSize(artifact.blob);
  const digest = await digestOfBlob(artifact.blob);
  const announced = Number(text(request.size) || 0);
  const hash = text(request.hash);
  if (artifact.blob.parts === undefined || size !== announced || (hash && hash !== digest)) {
    const found = `${size} bytes, ${digest}`;
    return refuse(400, 'invalid_argument', `announced ${announced} bytes, ${hash}; found ${found}`);
  }
  Object.assign(artifact, { id: nextId(), size, digest });
  return accept({ ok: true, artifact_id: String(artifact.id) });
};

const list: Method = ({ store, staleness }, identity, request) => {
  const missed = staleness();
  const finalized = store.list(identity);
  const known = finalized.slice(0, finalized.length - missed);
  const { name_filter: name, id_filter: id } = request;
  const named = name === undefined ? known : known.filter((a) => a.name === name).slice(-1);
  const chosen = id === undefined ? named : named.filter((a) => String(a.id) === String(id));
  return accept({ artifacts: chosen.toSorted((a, b) => a.id - b.id).map(describe) });
};

const sign: Method = ({ store, sign: address }, identity, request) => {
  const artifact = store
    .list(identity)
    .findLast(
      (a) => a.name === request.name && a.owner.job === request.workflow_job_run_backend_id,
    );
  return artifact === undefined
    ? refuse(404, 'not_found', 'the run has no artifact of that name from that job')
    : accept({ signed_url: address(artifact.blob) });
};

const remove: Method = ({ store }, identity, request) => {
  const artifact = store.list(identity).findLast((a) => a.name === request.name);
  if (artifact === undefined) {
    return refuse(404, 'not_found', 'the run has no artifact of that name');
  }
  store.remove(artifact);
  return accept({ ok: true, artifact_id: String(artifact.id) });
};

const describe = (artifact: StoredArtifact): JsonObject => ({
  workflow_run_backend_id: artifact.owner.run,
  workflow_job_run_backend_id: artifact.owner.job,
  database_id: String(artifact.id),
  name: artifact.name,
  size: String(artifact.size),
  created_at: artifact.createdAt.toISOString(),
  digest: artifact.digest,
});

async function digestOfBlob(blob: Blob): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of blobContent(blob)) {
    hash.update(chunk);
  }
  return `sha256:${hash.digest('hex')}`;
}

/** The methods of `github.actions.results.api.v1.ArtifactService`, by name. */
export const artifactMethods: ReadonlyMap<string, Method> = new Map([
  ['CreateArtifact', create],
  ['FinalizeArtifact', finalize],
  ['ListArtifacts', list],
  ['GetSignedArtifactURL', sign],
  ['DeleteArtifact', remove],
]);

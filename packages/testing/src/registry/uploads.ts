import { algorithmOf, type Digest, isDigest } from '@oci-matrix/oci';
import { parseAlgorithm, parseDigestParameter } from './digest-parameter.ts';
import type { Answer, Exchange } from './exchange.ts';
import { locationOf, type State } from './state.ts';
import {
  appendTo,
  bodyTooLarge,
  cancelUpload,
  commitUpload,
  startUpload,
  type Upload,
} from './upload.ts';

/** POST that starts an upload (end-4a), pushes a whole blob (end-4b) or mounts one (end-11). */
export async function postUpload(state: State, exchange: Exchange): Promise<Answer> {
  const { query, repository } = exchange;
  const mount = query.get('mount');
  if (mount !== null && mountBlob(state, exchange, mount)) {
    return blobCreated(state, exchange, parseDigestParameter(mount, state.capabilities));
  }
  const digest = query.get('digest');
  if (digest !== null && state.capabilities.singlePost) {
    return await pushWhole(state, exchange, parseDigestParameter(digest, state.capabilities));
  }
  const algorithm = parseAlgorithm(query.get('digest-algorithm') ?? 'sha256', state.capabilities);
  const upload = startUpload(state, repository, algorithm);
  const { chunkMin } = state.capabilities;
  return {
    status: 202,
    headers: {
      ...progressHeaders(state, exchange, upload),
      ...(chunkMin > 0 ? { 'oci-chunk-min-length': String(chunkMin) } : {}),
    },
  };
}

function mountBlob(state: State, exchange: Exchange, mount: string): boolean {
  const { mount: named, anonymousMount } = state.capabilities;
  const from = exchange.query.get('from');
  if (!(from === null ? anonymousMount : named) || !isDigest(mount)) return false;
  const sources = from === null ? state.storage.repositories() : [state.storage.find(from)];
  const size = sources.find((source) => source?.blobs.has(mount))?.blobs.get(mount);
  if (size === undefined) return false;
  state.storage.open(exchange.repository).blobs.set(mount, size);
  state.counts.blobsMounted += 1;
  return true;
}

async function pushWhole(state: State, exchange: Exchange, digest: Digest): Promise<Answer> {
  refuseLargeBody(state, exchange);
  const upload = startUpload(state, exchange.repository, algorithmOf(digest));
  await receiveWhole(state, exchange, upload);
  await commitUpload(state, upload, digest);
  return blobCreated(state, exchange, digest);
}

/** Takes a body that ends the upload: when it breaks off, the session is gone. */
export async function receiveWhole(
  state: State,
  exchange: Exchange,
  upload: Upload,
): Promise<void> {
  try {
    await appendTo(state, upload, exchange.body, state.capabilities.bodyMax);
  } catch (error) {
    await cancelUpload(state, upload);
    throw error;
  }
}

/** Refuses a body that says itself that it is too large, before it is read. */
export function refuseLargeBody({ capabilities }: State, { headers }: Exchange): void {
  if (Number(headers['content-length'] ?? 0) > capabilities.bodyMax) {
    throw bodyTooLarge(capabilities.bodyMax);
  }
}

/** What every answer to an unfinished upload says: where to go on, and what arrived. */
export function progressHeaders(
  state: State,
  exchange: Exchange,
  { id, repository, size, step }: Upload,
): Record<string, string> {
  const path = `/v2/${repository}/blobs/uploads/${id}?step=${step}`;
  const { origin, signature } = state.external;
  const location = state.capabilities.externalUploads
    ? `${origin}${path}&signature=${signature}`
    : locationOf(state, exchange, path);
  return { location, range: `0-${Math.max(size - 1, 0)}`, 'docker-upload-uuid': id };
}

/** 201, with the location of the blob. */
export const blobCreated = (state: State, exchange: Exchange, digest: Digest): Answer => ({
  status: 201,
  headers: {
    location: locationOf(state, exchange, `/v2/${exchange.repository}/blobs/${digest}`),
    'docker-content-digest': digest,
  },
});

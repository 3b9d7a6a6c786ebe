import type { Digest } from '@oci-matrix/oci';
import { parseRange } from './byte-range.ts';
import { parseDigestParameter } from './digest-parameter.ts';
import type { Answer, Exchange } from './exchange.ts';
import { type Refusal, refusal } from './refusal.ts';
import { absent, knownRepository, type State } from './state.ts';

/** The size in bytes of a blob that the repository shows. */
export function blobSize(state: State, repository: string, digest: Digest): number | undefined {
  const shown = state.capabilities.crossRepositoryBlobs
    ? state.storage.repositories()
    : [state.storage.find(repository)];
  return shown.find((each) => each?.blobs.has(digest))?.blobs.get(digest);
}

/** GET and HEAD of a blob, end-2. */
export function readBlob(state: State, exchange: Exchange): Answer {
  const digest = parseDigestParameter(exchange.reference, state.capabilities);
  const size = blobSize(state, exchange.repository, digest);
  if (size === undefined) {
    knownRepository(state, exchange);
    throw blobUnknown(state, exchange.repository, digest);
  }
  if (state.capabilities.redirectBlobs && exchange.server === 'registry' && !isHead(exchange)) {
    const { origin, signature } = state.external;
    return {
      status: 307,
      headers: { location: `${origin}${exchange.path}?signature=${signature}` },
    };
  }
  return sendBlob(state, exchange, digest, size);
}

const isHead = ({ method }: Exchange): boolean => method === 'HEAD';

function sendBlob(state: State, { headers }: Exchange, digest: Digest, size: number): Answer {
  const common = { 'docker-content-digest': digest, etag: `"${digest}"`, 'accept-ranges': 'bytes' };
  if (headers['if-none-match'] === common.etag) return { status: 304, headers: common };
  const { contents } = state.storage;
  const type = { 'content-type': 'application/octet-stream' };
  const range = parseRange(headers.range, size);
  if (range === undefined) {
    return { status: 200, headers: { ...common, ...type }, body: contents.slice(digest, 0, size) };
  }
  if (range === 'unsatisfiable') {
    throw refusal(416, 'SIZE_INVALID', `range ${headers.range} is not within ${size} bytes`, {
      'content-range': `bytes */${size}`,
    });
  }
  return {
    status: 206,
    headers: { ...common, ...type, 'content-range': `bytes ${range.start}-${range.end}/${size}` },
    body: contents.slice(digest, range.start, range.end - range.start + 1),
  };
}

/** DELETE of a blob, end-10. */
export function deleteBlob(state: State, exchange: Exchange): Answer {
  const digest = parseDigestParameter(exchange.reference, state.capabilities);
  const repository = knownRepository(state, exchange);
  if (!repository.blobs.has(digest)) throw blobUnknown(state, exchange.repository, digest);
  state.storage.removeBlob(repository, digest);
  return { status: 202 };
}

const blobUnknown = (state: State, repository: string, digest: Digest): Refusal =>
  absent(state, 'BLOB_UNKNOWN', `blob ${digest} is not known to ${repository}`);

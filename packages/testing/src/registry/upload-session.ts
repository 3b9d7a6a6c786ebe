import { type ByteRange, parseChunkRange } from './byte-range.ts';
import { parseDigestParameter } from './digest-parameter.ts';
import type { Answer, Exchange } from './exchange.ts';
import { refusal } from './refusal.ts';
import type { State } from './state.ts';
import { appendTo, cancelUpload, commitUpload, type Upload } from './upload.ts';
import { blobCreated, progressHeaders, receiveWhole, refuseLargeBody } from './uploads.ts';

/** GET of an upload, end-13: what arrived. Any of its locations will do, since the newest may have been lost. */
export function readUpload(state: State, exchange: Exchange): Answer {
  return { status: 204, headers: progressHeaders(state, exchange, findUpload(state, exchange)) };
}

/** DELETE of an upload: drops it. */
export async function deleteUpload(state: State, exchange: Exchange): Promise<Answer> {
  await cancelUpload(state, findUpload(state, exchange));
  return { status: 204 };
}

/** PATCH of an upload, end-5: a chunk with `Content-Range`, or a stream without. */
export async function patchUpload(state: State, exchange: Exchange): Promise<Answer> {
  const upload = currentUpload(state, exchange);
  refuseLargeBody(state, exchange);
  const { bodyMax, laterChunks, patchStatus } = state.capabilities;
  if (laterChunks || upload.patches === 0) {
    const chunk = checkChunk(state, exchange, upload);
    await appendTo(state, upload, exchange.body, bodyMax);
    upload.lastChunk = chunk;
  } else {
    await discard(exchange.body);
  }
  upload.patches += 1;
  upload.step = crypto.randomUUID();
  return { status: patchStatus, headers: progressHeaders(state, exchange, upload) };
}

async function discard(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of body);
}

/** PUT of an upload, end-6: commits it, with the last chunk or the whole content as its body, or none. */
export async function putUpload(state: State, exchange: Exchange): Promise<Answer> {
  const upload = currentUpload(state, exchange);
  const digest = parseDigestParameter(exchange.query.get('digest'), state.capabilities);
  refuseLargeBody(state, exchange);
  checkChunk(state, exchange, upload);
  await receiveWhole(state, exchange, upload);
  await commitUpload(state, upload, digest);
  return blobCreated(state, exchange, digest);
}

function findUpload(state: State, { reference, repository }: Exchange): Upload {
  const upload = state.uploads.get(reference);
  if (upload?.repository !== repository) {
    throw refusal(404, 'BLOB_UPLOAD_UNKNOWN', `upload ${reference} is not known to ${repository}`);
  }
  return upload;
}

/** The upload, if this request may add to it. */
function currentUpload(state: State, exchange: Exchange): Upload {
  const upload = findUpload(state, exchange);
  if (exchange.query.get('step') !== upload.step) {
    // A chunk that is sent again goes where it went before: what is wrong with it is its range.
    checkOrder(state, exchange, upload);
    throw refusal(404, 'BLOB_UPLOAD_INVALID', `upload ${upload.id} has a newer location`);
  }
  if (upload.busy) {
    throw refusal(409, 'BLOB_UPLOAD_INVALID', `upload ${upload.id} takes another request's body`);
  }
  return upload;
}

/** Checks the order and the size of a chunk, and returns its size; `undefined` where it is no chunk. */
function checkChunk(state: State, exchange: Exchange, upload: Upload): number | undefined {
  const { chunkMin, chunkMax, chunks } = state.capabilities;
  const isChunk = exchange.headers['content-range'] !== undefined;
  if (isChunk && !chunks) {
    throw refusal(400, 'UNSUPPORTED', 'this registry takes a blob in one body alone');
  }
  const range = checkOrder(state, exchange, upload);
  if (range === undefined) return undefined;
  const size = range.end - range.start + 1;
  const length = exchange.headers['content-length'];
  if (length !== undefined && Number(length) !== size) {
    throw refusal(400, 'SIZE_INVALID', `the chunk has ${length} bytes, and its range ${size}`);
  }
  if (size > chunkMax) {
    throw refusal(
      416,
      'BLOB_UPLOAD_INVALID',
      `the chunk has ${size} bytes, at most ${chunkMax} go`,
    );
  }
  if (upload.lastChunk !== undefined && upload.lastChunk < chunkMin) {
    throw refusal(400, 'SIZE_INVALID', `the chunk before has fewer than ${chunkMin} bytes`);
  }
  return size;
}

/** Refuses a chunk that does not follow what arrived, and returns its range; `undefined` where it is no chunk. */
function checkOrder(state: State, exchange: Exchange, upload: Upload): ByteRange | undefined {
  const text = exchange.headers['content-range'];
  if (text === undefined) return undefined;
  const range = parseChunkRange(text);
  if (range?.start === upload.size) return range;
  throw refusal(
    416,
    'BLOB_UPLOAD_INVALID',
    `range ${text} does not start at byte ${upload.size}`,
    progressHeaders(state, exchange, upload),
  );
}

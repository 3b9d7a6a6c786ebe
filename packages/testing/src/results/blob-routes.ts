import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from './artifact-store.ts';
import { type Blob, type BlobStore, blobContent, blobSize, commitBlocks } from './blobs.ts';
import type { Fault } from './faults.ts';

/** Takes a block, a block list, or a whole blob in one request, as Azure's Put Block and its kin do. */
export async function receiveBlob(
  blobs: BlobStore,
  blob: Blob,
  { query, request }: { readonly query: URLSearchParams; readonly request: IncomingMessage },
): Promise<number> {
  const blockId = query.get('blockid') ?? 'whole';
  if (query.get('comp') !== 'blocklist') {
    await blobs.putBlock(blob, blockId, request);
  }
  if (query.get('comp') === 'block') {
    return 201;
  }
  blob.contentType = headerText(request, 'x-ms-blob-content-type');
  const ids = query.get('comp') === 'blocklist' ? listedIds(await text(request)) : [blockId];
  return commitBlocks(blob, ids) === undefined ? 201 : 400;
}

/** Sends the content of an artifact, with the name it would be saved under. */
export async function sendBlob(
  store: ArtifactStore,
  blob: Blob,
  { response, fault }: { readonly response: ServerResponse; readonly fault: Fault | undefined },
): Promise<void> {
  const artifact = store.all().find((candidate) => candidate.blob === blob);
  const type = blob.contentType ?? artifact?.mimeType ?? 'application/zip';
  const name = encodeURIComponent(`${artifact?.name}${/zip/.test(type) ? '.zip' : ''}`);
  response.writeHead(200, {
    'content-type': type,
    'content-length': await blobSize(blob),
    'content-disposition': `attachment; filename*=UTF-8''${name}`,
  });
  const content = fault?.content === undefined ? blobContent(blob) : damaged(blob, fault.content);
  await pipeline(Readable.from(content), response).catch(() => response.destroy());
}

async function* damaged(blob: Blob, how: 'corrupt' | 'truncated'): AsyncGenerator<Buffer> {
  if (how === 'truncated') {
    yield Buffer.alloc(Math.floor((await blobSize(blob)) / 2));
    throw new Error('the download was told to stop half way');
  }
  let first = true;
  for await (const chunk of blobContent(blob)) {
    // The first header of a zip archive holds the time of its file: a flip there is no damage to the format.
    yield first ? flipped(chunk, 10) : chunk;
    first = false;
  }
}

function flipped(chunk: Buffer, position: number): Buffer {
  const copy = Buffer.from(chunk);
  const index = Math.min(position, copy.length - 1);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

const listedIds = (xml: string): string[] =>
  [...xml.matchAll(/<(Latest|Committed|Uncommitted)>([^<]*)<\/\1>/g)].map(
    (match) => match[2] ?? '',
  );

const headerText = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

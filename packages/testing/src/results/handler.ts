import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse, sendAnswer } from './answer.ts';
import type { ArtifactBackend } from './artifact-methods.ts';
import { receiveBlob, sendBlob } from './blob-routes.ts';
import type { Faults } from './faults.ts';
import type { JobIdentity } from './identity.ts';
import { answerRest, refuseRest, restCall } from './rest-api.ts';
import { answerCall } from './twirp.ts';

/** What requests are answered from. */
export interface HandlerOptions {
  readonly backend: ArtifactBackend;
  readonly faults: Faults;
  readonly identities: ReadonlyMap<string, JobIdentity>;
}

/** Answers a request: as a declared fault says, as a call of a method, or with or for a blob. */
export async function handle(
  { backend, faults, identities }: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = faults.next(operationOf(request));
  const rest = restCall(request);
  if (fault?.status !== undefined) {
    request.resume();
    const { status, code = 'internal', message = 'this failure was asked for' } = fault;
    if (rest !== undefined) return refuseRest(response, status, message);
    return sendAnswer(response, refuse(status, code, message));
  }
  if (rest !== undefined) return answerRest(backend, rest, request, response);
  const method = twirpMethod(request);
  if (method !== undefined) {
    return sendAnswer(response, await answerCall(backend, identities, request, method));
  }
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const blob = backend.blobs.find(pathname.split('/')[2] ?? '', query.get('sig'));
  if (blob === undefined) {
    request.resume();
    return sendAnswer(response, refuse(404, 'not_found', `nothing at ${pathname}`));
  }
  if (request.method === 'PUT') {
    response.writeHead(await receiveBlob(backend.blobs, blob, { query, request })).end();
    return undefined;
  }
  return sendBlob(backend.store, blob, { response, fault });
}

/** What a request asks for: a method of the artifact service, a call of the REST API, `upload` or `download`. */
export const operationOf = (request: IncomingMessage): string =>
  restCall(request)?.operation ??
  twirpMethod(request) ??
  (request.method === 'PUT' ? 'upload' : 'download');

const twirpMethod = (request: IncomingMessage): string | undefined =>
  /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(
    request.url ?? '',
  )?.[1];

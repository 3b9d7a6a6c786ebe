import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from '../runner/json.ts';
import { sendAnswer } from './answer.ts';
import type { ArtifactBackend } from './artifact-methods.ts';
import type { StoredArtifact } from './artifact-store.ts';
import { backendIdOf } from './backend-id.ts';

/** What GitHub's REST API is asked of the artifacts of another run. */
export interface RestCall {
  readonly operation: 'ListRunArtifacts' | 'DownloadRunArtifact';
  /** `owner/name`. */
  readonly repository: string;
  /** Of the run, or of the artifact. */
  readonly id: string;
  readonly query: URLSearchParams;
}

const address =
  /^\/api\/v3\/repos\/(?<repository>[^/]+\/[^/]+)\/actions\/(?:runs\/(?<run>\d+)\/artifacts|artifacts\/(?<artifact>\d+)\/zip)$/;

/** The call that a request is, or undefined where it is none: https://docs.github.com/en/rest/actions/artifacts */
export function restCall({ method, url = '/' }: IncomingMessage): RestCall | undefined {
  const { pathname, searchParams: query } = new URL(url, 'http://127.0.0.1');
  const groups = method === 'GET' ? address.exec(pathname)?.groups : undefined;
  if (groups === undefined) return undefined;
  const { repository = '', run, artifact = '' } = groups;
  return run === undefined
    ? { operation: 'DownloadRunArtifact', repository, id: artifact, query }
    : { operation: 'ListRunArtifacts', repository, id: run, query };
}

/** Answers as GitHub does: a page of a listing, or where the archive is. */
export function answerRest(
  backend: ArtifactBackend,
  call: RestCall,
  { headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const found = backend.store.all().find(({ id }) => id > 0 && String(id) === call.id);
  if (!headers.authorization) {
    refuseRest(response, 401, 'Requires authentication');
  } else if (call.operation === 'ListRunArtifacts') {
    sendAnswer(response, { status: 200, body: page(backend, call) });
  } else if (found === undefined) {
    refuseRest(response, 404, 'Not Found');
  } else {
    response.writeHead(302, { location: backend.sign(found.blob) }).end();
  }
}

/** Refuses in the words of the REST API, which are not Twirp's. */
export const refuseRest = (response: ServerResponse, status: number, message: string): void =>
  sendAnswer(response, { status, body: { message } });

function page({ store }: ArtifactBackend, { repository, id, query }: RestCall): Json {
  const run = backendIdOf(repository, id);
  const name = query.get('name');
  const all = store
    .all()
    .filter((artifact) => artifact.id > 0 && artifact.owner.run === run)
    .filter((artifact) => name === null || artifact.name === name);
  const size = Number(query.get('per_page') ?? 30);
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return {
    total_count: all.length,
    artifacts: all
      .toReversed()
      .slice(start, start + size)
      .map(describe),
  };
}

const describe = ({ id, name, size, createdAt, digest }: StoredArtifact): Json => ({
  ...{ id, name, size_in_bytes: size, expired: false, digest },
  created_at: createdAt.toISOString(),
});

import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isJsonObject, type Json } from '../runner/json.ts';
import { type Answer, refuse } from './answer.ts';
import { type ArtifactBackend, artifactMethods } from './artifact-methods.ts';
import type { JobIdentity } from './identity.ts';

/** Answers one call of the artifact service, after checking that the token may make it. */
export async function answerCall(
  backend: ArtifactBackend,
  identities: ReadonlyMap<string, JobIdentity>,
  request: IncomingMessage,
  name: string,
): Promise<Answer> {
  const body = parseBody(await text(request));
  const method = artifactMethods.get(name);
  const identity = identities.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
  if (method === undefined) {
    return refuse(404, 'bad_route', `no method ${name}`);
  }
  if (identity === undefined) {
    return refuse(401, 'unauthenticated', 'the runtime token is not one of this service');
  }
  if (!isJsonObject(body)) {
    return refuse(400, 'malformed', 'the body is not a JSON object');
  }
  // The row of a list names its uploader, whose id GetSignedArtifactURL and DeleteArtifact repeat.
  const ownJobOnly = name === 'CreateArtifact' || name === 'FinalizeArtifact';
  const sameJob = body.workflow_job_run_backend_id === identity.job;
  if (body.workflow_run_backend_id !== identity.run || (ownJobOnly && !sameJob)) {
    return refuse(403, 'permission_denied', 'the runtime token is for another run or job');
  }
  return method(backend, identity, body);
}

function parseBody(source: string): Json | undefined {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

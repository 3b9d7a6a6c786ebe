import type { RunHost } from './host.ts';
import type { Leg } from './job.ts';
import type { Json, JsonObject } from './json.ts';

/** The properties of the `github` context that a token repeats. */
const repeated = [
  ...['actor', 'actor_id', 'base_ref', 'event_name', 'head_ref', 'ref', 'ref_type', 'repository'],
  ...['repository_id', 'repository_owner', 'repository_owner_id', 'run_attempt', 'run_id'],
  ...['run_number', 'sha', 'workflow', 'workflow_ref', 'workflow_sha'],
];

/**
 * What GitHub says of a job in a token.
 *
 * @see https://docs.github.com/actions/reference/security/oidc
 */
export function idTokenClaims({ run }: RunHost, leg: Leg, checkRunId: number): JsonObject {
  const { github } = leg.contexts;
  const place = run.trigger.name === 'pull_request' ? 'pull_request' : `ref:${run.ref}`;
  return {
    ...Object.fromEntries(repeated.map((name): [string, Json] => [name, github[name] ?? ''])),
    sub: `repo:${run.repository}:${place}`,
    // Of the file that the job is in, which in a called workflow is not the one that was started.
    job_workflow_ref: `${run.repository}/${leg.workflow.file}@${run.ref}`,
    job_workflow_sha: run.sha,
    ref_protected: String(github.ref_protected),
    repository_visibility: 'public',
    runner_environment: 'github-hosted',
    check_run_id: String(checkRunId),
  };
}

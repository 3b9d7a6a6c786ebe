import { createHash } from 'node:crypto';
import type { RunHost, RunIdentity } from './host.ts';
import type { JsonObject } from './json.ts';
import type { Workflow } from './workflow.ts';

/** The `github` context, as far as it is the same for all jobs of a run. */
export function githubContext(host: RunHost, entry: Workflow, inputs: JsonObject = {}): JsonObject {
  const { run, attempt } = host;
  const [owner = '', name = ''] = run.repository.split('/');
  const refName = run.ref.replace(/^refs\/(heads|tags|pull)\//, '');
  return {
    actor: run.actor,
    actor_id: stableId(run.actor),
    api_url: `${host.service.url}api/v3`,
    base_ref: '',
    event: eventPayload(run, entry.file, inputs),
    event_name: run.trigger.name,
    graphql_url: `${host.service.url}api/graphql`,
    head_ref: '',
    ref: run.ref,
    ref_name: refName,
    ref_protected: false,
    ref_type: run.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: run.repository,
    repository_id: stableId(run.repository),
    repository_owner: owner,
    repository_owner_id: stableId(owner),
    repositoryUrl: `git://github.com/${owner}/${name}.git`,
    retention_days: '90',
    run_attempt: String(attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    secret_source: 'Actions',
    // The artifact client refuses any host that is not GitHub's, so this one cannot be ours.
    server_url: 'https://github.com',
    sha: run.sha,
    triggering_actor: run.actor,
    workflow: entry.name,
    workflow_ref: `${run.repository}/${entry.file}@${run.ref}`,
    workflow_sha: run.sha,
  };
}

function eventPayload(
  { trigger, repository, ref, actor }: RunIdentity,
  file: string,
  inputs: JsonObject,
): JsonObject {
  const [owner = '', name = ''] = repository.split('/');
  const common = {
    repository: { name, full_name: repository, owner: { login: owner }, default_branch: 'main' },
    sender: { login: actor },
    ref,
  };
  // The event carries as text what the inputs context holds typed.
  const texts = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, String(value)]),
  );
  const dispatch = trigger.name === 'workflow_dispatch' ? { inputs: texts, workflow: file } : {};
  return { ...common, ...dispatch, ...trigger.payload };
}

/** A number that looks like an id of GitHub's, the same for the same text. */
const stableId = (text: string): string =>
  String(createHash('sha256').update(text).digest().readUInt32BE(0));

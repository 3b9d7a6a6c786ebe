import type { RunHost } from './host.ts';
import type { JsonObject } from './json.ts';

/** What a job is told from outside: the contexts that no step changes. */
export interface JobContexts {
  readonly github: JsonObject;
  readonly inputs: JsonObject;
  readonly vars: JsonObject;
  readonly needs: JsonObject;
  readonly strategy: JsonObject;
  readonly matrix: JsonObject | null;
  readonly secrets: JsonObject;
}

const architectures = new Map([
  ['x64', 'X64'],
  ['arm64', 'ARM64'],
  ['arm', 'ARM'],
]);

/** The `runner` context: this machine, under the folders of the job. */
export const runnerContext = ({
  temp,
  tools,
}: {
  readonly temp: string;
  readonly tools: string;
}) => ({
  arch: architectures.get(process.arch) ?? 'X64',
  environment: 'github-hosted',
  name: 'oci-matrix local runner',
  os: 'Linux',
  temp,
  tool_cache: tools,
});

/** What the `job` context says beside its status. */
export const jobContext = (
  { run }: RunHost,
  { checkRunId, file }: { readonly checkRunId: number; readonly file: string },
): JsonObject => ({
  check_run_id: checkRunId,
  workflow_ref: `${run.repository}/${file}@${run.ref}`,
  workflow_sha: run.sha,
  workflow_repository: run.repository,
  workflow_file_path: file,
});

import { delimiter, dirname } from 'node:path';
import type { IdTokenAccess } from './id-token-service.ts';
import { runnerContext } from './job-context.ts';
import { isJsonObject, type Json } from './json.ts';
import type { Machine } from './machine.ts';

/** The properties of the `github` context that every step finds as GITHUB_… variables. */
const exported = [
  ...['actor', 'actor_id', 'api_url', 'base_ref', 'event_name', 'event_path', 'graphql_url'],
  ...['head_ref', 'job', 'ref', 'ref_name', 'ref_protected', 'ref_type', 'repository'],
  ...['repository_id', 'repository_owner', 'repository_owner_id', 'retention_days', 'run_attempt'],
  ...['run_id', 'run_number', 'server_url', 'sha', 'triggering_actor', 'workflow', 'workflow_ref'],
  ...['workflow_sha', 'workspace'],
];

/** The variables that a machine has before any workflow: an allow-list, nothing else is inherited. */
export const machineVariables = ({ home }: Machine): Record<string, string> => ({
  // The Node that runs this is the Node of the steps.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? '/usr/bin:/bin'}`,
  HOME: home,
  LANG: 'C.UTF-8',
  CI: 'true',
});

/** The RUNNER_… variables, which no workflow overrides. */
export const runnerVariables = ({ temp, tools, workspace }: Machine): Record<string, string> => {
  const runner = runnerContext({ temp, tools });
  return {
    RUNNER_ARCH: runner.arch,
    RUNNER_ENVIRONMENT: runner.environment,
    RUNNER_NAME: runner.name,
    RUNNER_OS: runner.os,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: tools,
    RUNNER_WORKSPACE: dirname(workspace),
  };
};

/** The GITHUB_… variables of a `github` context. */
export const githubVariables = (github: Json | undefined): Record<string, string> =>
  isJsonObject(github)
    ? {
        GITHUB_ACTIONS: 'true',
        ...Object.fromEntries(
          exported.map((name) => [`GITHUB_${name.toUpperCase()}`, text(github[name])]),
        ),
      }
    : {};

/** The name of the variable in which an action finds an input. */
export const inputVariable = (name: string): string =>
  `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

/** What only actions are given, never `run:` steps: the way to the results service. */
export const serviceVariables = (url: string, token: string): Record<string, string> => ({
  ACTIONS_RESULTS_URL: url,
  ACTIONS_RUNTIME_URL: url,
  ACTIONS_RUNTIME_TOKEN: token,
});

/** What every step of a job is given that may ask for id tokens, `run:` steps too. */
export const idTokenVariables = (access: IdTokenAccess | undefined): Record<string, string> =>
  access === undefined
    ? {}
    : {
        ACTIONS_ID_TOKEN_REQUEST_URL: access.url,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: access.token,
      };

const text = (value: Json | undefined): string =>
  value === undefined || value === null ? '' : String(value);

import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { InvalidWorkflowError } from './error.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { field, literal } from './tokens.ts';
import type { JobSpec, Workflow } from './workflow.ts';

/** Whether `permissions` let a job ask for id tokens; undefined where there are none, and others decide. */
export function readIdTokenPermission(permissions: TemplateToken | undefined): boolean | undefined {
  if (permissions === undefined) {
    return undefined;
  }
  const all = literal(permissions);
  return all === 'write-all' || literal(field(permissions, 'id-token')) === 'write';
}

/**
 * Whether a job may ask for id tokens: its own permissions stand in for those of its workflow, and where
 * neither says anything a called workflow may what the job that called it may. Without a word about it nobody may.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function mayAskForIdTokens(
  { idToken }: Pick<JobSpec, 'idToken'>,
  workflow: Pick<Workflow, 'idToken'>,
  caller?: boolean,
): boolean {
  const own = idToken ?? workflow.idToken;
  return own ?? caller === true;
}

/** Throws where a called workflow asks for more than its caller may, which GitHub does not start. */
export function refuseGreedy(callee: Workflow, mayAsk: boolean): void {
  const greedy = callee.jobs.find(({ idToken }) => (idToken ?? callee.idToken) === true);
  if (mayAsk || greedy === undefined) return;
  const message = `the job ${greedy.id} asks for id-token: write, and its caller has id-token: none`;
  throw new InvalidWorkflowError([{ file: callee.file, message }]);
}

/** A run for a pull request from a fork gets no id tokens, whatever its workflow says. */
export function isFromFork(github: JsonObject): boolean {
  const event = isJsonObject(github.event) ? github.event : {};
  const pull = isJsonObject(event.pull_request) ? event.pull_request : {};
  const head = isJsonObject(pull.head) ? pull.head : {};
  const repository = isJsonObject(head.repo) ? head.repo.full_name : undefined;
  return (
    github.event_name === 'pull_request' &&
    repository !== undefined &&
    repository !== github.repository
  );
}

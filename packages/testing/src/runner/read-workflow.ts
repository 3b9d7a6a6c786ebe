import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import {
  isMapping,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import { readIdTokenPermission } from './permissions.ts';
import { readSteps } from './read-steps.ts';
import { entries, field, literal, readCondition } from './tokens.ts';
import type { CallInterface, InputSpec, JobSpec, Workflow } from './workflow.ts';

/** Makes a workflow of the tokens of a file that was found valid. */
export function readWorkflow(root: TemplateToken, file: string): Workflow {
  const on = field(root, 'on');
  return {
    file,
    name: literal(field(root, 'name')) || file,
    env: field(root, 'env'),
    defaults: field(field(root, 'defaults'), 'run'),
    idToken: readIdTokenPermission(field(root, 'permissions')),
    dispatchInputs: readInputs(field(field(on, 'workflow_dispatch'), 'inputs')),
    call: events(on).includes('workflow_call') ? readCall(field(on, 'workflow_call')) : undefined,
    jobs: entries(field(root, 'jobs')).map(([id, job]) => readJob(id, job)),
  };
}

function events(on: TemplateToken | undefined): string[] {
  if (on !== undefined && isString(on)) {
    return [on.value];
  }
  return on !== undefined && isSequence(on) ? [...on].map(String) : entries(on).map(([key]) => key);
}

const readCall = (token: TemplateToken | undefined): CallInterface => ({
  inputs: readInputs(field(token, 'inputs')),
  secrets: entries(field(token, 'secrets')).map(([name, secret]) => ({
    name,
    isRequired: literal(field(secret, 'required')) === 'true',
  })),
  outputs: entries(field(token, 'outputs')).flatMap(([name, output]) => {
    const value = field(output, 'value');
    return value === undefined ? [] : [{ name, value }];
  }),
});

const readInputs = (token: TemplateToken | undefined): InputSpec[] =>
  entries(token).map(([name, input]) => ({
    name,
    type: literal(field(input, 'type')) || 'string',
    isRequired: literal(field(input, 'required')) === 'true',
    default: field(input, 'default'),
  }));

function readJob(id: string, token: TemplateToken): JobSpec {
  const base = {
    id,
    name: field(token, 'name'),
    needs: readNeeds(field(token, 'needs')),
    condition: readCondition(field(token, 'if')),
    strategy: field(token, 'strategy'),
    idToken: readIdTokenPermission(field(token, 'permissions')),
  };
  const ref = literal(field(token, 'uses'));
  if (ref !== '') {
    const secrets = field(token, 'secrets');
    return {
      ...base,
      kind: 'call',
      ref,
      with: field(token, 'with'),
      secrets: secrets === undefined || isMapping(secrets) ? secrets : 'inherit',
    };
  }
  return {
    ...base,
    kind: 'steps',
    env: field(token, 'env'),
    defaults: field(field(token, 'defaults'), 'run'),
    outputs: field(token, 'outputs'),
    continueOnError: field(token, 'continue-on-error'),
    timeoutMinutes: field(token, 'timeout-minutes'),
    steps: readSteps(field(token, 'steps')),
    container: field(token, 'container') ?? field(token, 'services'),
  };
}

function readNeeds(token: TemplateToken | undefined): string[] {
  if (token === undefined) {
    return [];
  }
  return isSequence(token) ? [...token].map(String) : [String(token)];
}

import { InvalidWorkflowError } from './error.ts';
import type { Scope } from './expressions.ts';
import type { Json, JsonObject } from './json.ts';
import { evaluateTemplate, evaluateText, evaluateTexts } from './template.ts';
import { entries } from './tokens.ts';
import type { CallJob, InputSpec, Workflow } from './workflow.ts';

/** The typed inputs of a called workflow: what the caller gives, the defaults, or an empty value. */
export function callInputs(job: CallJob, callee: Workflow, scope: Scope): JsonObject {
  const given = new Map(
    entries(job.with).map(([name, token]) => [name.toLowerCase(), evaluateTemplate(token, scope)]),
  );
  const inputs = callee.call?.inputs ?? [];
  return Object.fromEntries(
    inputs.map((input) => [
      input.name,
      typed(input, given.get(input.name.toLowerCase()) ?? defaultOf(input, scope)),
    ]),
  );
}

/** The secrets that reach a called workflow: all, those mapped, or none. */
export function callSecrets(job: CallJob, secrets: JsonObject, scope: Scope): JsonObject {
  if (job.secrets === undefined) {
    return {};
  }
  return job.secrets === 'inherit' ? secrets : evaluateTexts(job.secrets, scope);
}

/** The outputs that a called workflow declares, from the results of its jobs. */
export const callOutputs = (callee: Workflow, scope: Scope): Record<string, string> =>
  Object.fromEntries(
    (callee.call?.outputs ?? []).map(({ name, value }) => [name, evaluateText(value, scope)]),
  );

/** The typed inputs of a dispatched workflow; a person types text, so that is converted. */
export function dispatchInputs(workflow: Workflow, given: JsonObject, scope: Scope): JsonObject {
  const unknown = Object.keys(given).find(
    (name) => !workflow.dispatchInputs.some((input) => input.name === name),
  );
  const missing = workflow.dispatchInputs.find(
    (input) => input.isRequired && given[input.name] === undefined && input.default === undefined,
  );
  if (unknown !== undefined || missing !== undefined) {
    const message =
      missing === undefined ? `no input ${unknown}` : `input ${missing.name} is required`;
    throw new InvalidWorkflowError([
      { file: workflow.file, message: `workflow_dispatch: ${message}` },
    ]);
  }
  return Object.fromEntries(
    workflow.dispatchInputs.map((input) => [
      input.name,
      typed(input, fromText(input.type, given[input.name] ?? defaultOf(input, scope))),
    ]),
  );
}

function defaultOf(input: InputSpec, scope: Scope): Json {
  if (input.default !== undefined) {
    return evaluateTemplate(input.default, scope);
  }
  return input.type === 'boolean' ? false : input.type === 'number' ? 0 : '';
}

function fromText(type: string, value: Json): Json {
  if (type === 'boolean' && (value === 'true' || value === 'false')) {
    return value === 'true';
  }
  return type === 'number' && typeof value === 'string' ? Number(value) : value;
}

function typed({ name, type }: InputSpec, value: Json): Json {
  if (type === 'boolean' || type === 'number') {
    if (typeof value !== type) {
      throw new TypeError(`the input ${name} is not a ${type}: ${JSON.stringify(value)}`);
    }
    return value;
  }
  return value === null ? '' : String(value);
}

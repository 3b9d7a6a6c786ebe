import type { ActionResult, Registry, RequestRecord } from '@oci-matrix/testing';
import { expect } from 'vitest';

/** What a refusal says: its code, what happened, what to do about it. */
export interface Refusal {
  readonly code: string | undefined;
  readonly what: string;
  readonly hint: string;
}

/** The requests that would change something in a registry. */
export const writes = (registry: Registry): RequestRecord[] =>
  registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');

/** Expects an action to have failed in its one way: exit code 1, one error, no outputs. */
export function failureOf({ exitCode, annotations, outputs }: ActionResult): Refusal {
  expect(exitCode).toBe(1);
  expect(outputs).toEqual({});
  const errors = annotations.filter(({ level }) => level === 'error');
  expect(errors).toHaveLength(1);
  const [what = '', ...hint] = errors[0]?.message.split('\n') ?? [];
  return { code: errors[0]?.title, what, hint: hint.join('\n') };
}

/** The same, and nothing was written to the registry. */
export function refusalOf(result: ActionResult, registry: Registry): Refusal {
  const failure = failureOf(result);
  expect(writes(registry)).toEqual([]);
  return failure;
}

import { join } from 'node:path';
import { type Action, readAction } from './action.ts';
import { UnsupportedError } from './error.ts';
import type { JobState } from './job-state.ts';
import { isWorkspaceRef, repositoryPath } from './references.ts';

/** Reads the action that a step names: from the workspace, or from the copy of the checkout. */
export async function findAction(job: JobState, ref: string): Promise<Action> {
  const path = repositoryPath(ref);
  if (path === undefined) {
    throw unsupportedAction(ref);
  }
  const root = isWorkspaceRef(ref) ? job.machine.workspace : await job.host.snapshot();
  return readAction(join(root, path), ref);
}

/** The refusal of an action that would have to be fetched. */
export const unsupportedAction = (ref: string): UnsupportedError =>
  new UnsupportedError(`the action ${ref} is in another repository, and this runner fetches none`, {
    hint: 'Use actions/checkout, an action of this repository, or a run step.',
  });

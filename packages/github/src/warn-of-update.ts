import { type Place, warnOfFailures } from './release-inputs.ts';
import type { RunContext } from './run-context.ts';
import { warnOfSuperseded } from './warn-of-superseded.ts';
import { type UpdatedEntries, warnOfUnreachable } from './warn-of-unreachable.ts';

interface Updated extends UpdatedEntries {
  readonly superseded?: Parameters<typeof warnOfSuperseded>[0];
}

/** Warns of all that a user would not expect of an index that was written. */
export function warnOfUpdate(
  updated: Updated,
  places: readonly Place[],
  context: Pick<RunContext, 'log'>,
): void {
  warnOfFailures(places, context);
  warnOfSuperseded(updated.superseded, context);
  warnOfUnreachable(updated, context);
}

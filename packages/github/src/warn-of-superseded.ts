import type { Descriptor } from '@oci-matrix/oci';
import type { RunContext } from './run-context.ts';

/** Warns of entries that are not in the index, since a later run has put its own there. */
export function warnOfSuperseded(
  superseded: readonly Descriptor[] = [],
  { log }: Pick<RunContext, 'log'>,
): void {
  if (superseded.length === 0) return;
  const digests = superseded.map(({ digest }) => digest).join(', ');
  log.warning(`a later run was faster, so the index has its entries in the place of ${digests}`);
}

import type { Descriptor } from '@oci-matrix/oci';
import { legEntries } from '../entries-of-records.ts';
import type { UpdateIndexOptions } from '../update-index.ts';
import { refuseUnsigned } from './refuse-unsigned.ts';

/** Throws `UNSIGNED` if entries that come into an index have no signature where that is required, wherever they come from. */
export async function refuseUnsignedEntries(
  options: UpdateIndexOptions,
  entries: readonly Descriptor[],
): Promise<void> {
  const { requireSignatures, repository, copies = [], sources = [], records } = options;
  if (requireSignatures === undefined) return;
  const required = copies.filter(({ optional }) => !optional).map((copy) => copy.repository);
  const legs = new Map(
    legEntries(records?.records ?? []).map(({ leg, descriptor }) => [descriptor.digest, leg]),
  );
  await refuseUnsigned({
    ...{ verifier: requireSignatures.verifier, entries, legs },
    repositories: [repository, ...required, ...sources],
    dryRun: options.dryRun,
    clock: options.clock,
    signal: options.signal,
  });
}

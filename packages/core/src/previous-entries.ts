import type { Descriptor } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import { type Identity, identityKey, identityText } from './identity.ts';
import type { IndexEntry } from './index-document.ts';
import { isEntryOf, legAnnotations } from './leg-annotations.ts';
import type { Records } from './records.ts';

/**
 * The entries of the release before that stand in for the legs that are missing, with their attestations. They are known by the
 * annotations that `markEntries` wrote. Throws `LEG_MISSING` where a leg has none, and `ENTRY_DUPLICATE` where another leg took its place.
 */
export function previousEntries(
  current: readonly IndexEntry[],
  records: Records | undefined,
  incoming: readonly Descriptor[],
  identity: Identity,
): Descriptor[] {
  if (records?.keepPrevious === undefined) return [];
  const entries = current.map(({ descriptor }) => descriptor);
  const { group } = records;
  const kept = records.keepPrevious.flatMap((leg) => {
    // A concurrent writer may have brought it in the meantime.
    if (incoming.some((entry) => isEntryOf(entry, { group, leg }))) return [];
    const own = entries.filter((entry) => isEntryOf(entry, { group, leg }));
    if (own.length === 0) throw unknown(group, leg);
    return own;
  });
  refuseTaken(kept, incoming, identity);
  const digests = new Set<string>(kept.map(({ digest }) => digest));
  const spoken = entries.filter((entry) => digests.has(attestationSubject(entry) ?? ''));
  return [...kept, ...spoken];
}

function refuseTaken(
  kept: readonly Descriptor[],
  incoming: readonly Descriptor[],
  identity: Identity,
): void {
  const byKey = new Map(incoming.map((entry) => [identityKey(entry, identity), entry]));
  for (const entry of kept) {
    const other = byKey.get(identityKey(entry, identity));
    if (other === undefined) continue;
    throw new MatrixError(
      'ENTRY_DUPLICATE',
      `the entry that leg ${entry.annotations?.[legAnnotations.leg]} had before, ${identityText(entry, identity)} (${entry.digest}), cannot be kept, since another leg gives it now (${other.digest})`,
      { hint: 'Run the failed jobs again, or publish with "on-missing: fail".' },
    );
  }
}

const unknown = (group: string, leg: string): MatrixError =>
  new MatrixError(
    'LEG_MISSING',
    `leg ${leg} of group ${group} is missing, and the index has no entry of it from a release before`,
    {
      hint: `Run the failed jobs again. An entry is known by the annotation ${legAnnotations.leg}, which every release with "on-missing: keep-previous" writes: one has to be complete first.`,
    },
  );

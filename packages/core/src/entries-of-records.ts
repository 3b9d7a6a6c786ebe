import type { Descriptor } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import { type Identity, identityKey, identityText } from './identity.ts';
import type { LegRecord } from './record.ts';

/** An entry, and the leg that it comes from. */
export interface LegEntry {
  readonly leg: string;
  readonly descriptor: Descriptor;
}

/** The entries that legs give. One that pushed an index gives that index's entries, its attestations with them. */
export const legEntries = (records: readonly LegRecord[]): LegEntry[] =>
  records.flatMap(({ leg, descriptor, children }) =>
    (children ?? (descriptor ? [descriptor] : [])).map((child) => ({ leg, descriptor: child })),
  );

/** The index entries of some records. Throws `ENTRY_DUPLICATE` where two legs give one entry. */
export const entriesOfRecords = (records: readonly LegRecord[], identity: Identity): LegEntry[] =>
  distinctEntries(legEntries(records), identity);

/** Each entry once. Throws `ENTRY_DUPLICATE` where two legs give one entry. */
export function distinctEntries(entries: readonly LegEntry[], identity: Identity): LegEntry[] {
  const seen = new Map<string, LegEntry>();
  return entries.filter((entry) => {
    const { descriptor } = entry;
    // Attestations have no platform of their own: one digest is one entry.
    const key = attestationSubject(descriptor)
      ? descriptor.digest
      : identityKey(descriptor, identity);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, entry);
      return true;
    }
    if (other.descriptor.digest === entry.descriptor.digest) return false;
    throw duplicate(other, entry, identity);
  });
}

const duplicate = (a: LegEntry, b: LegEntry, identity: Identity): MatrixError =>
  new MatrixError(
    'ENTRY_DUPLICATE',
    `two legs give the same entry, ${identityText(a.descriptor, identity)}: ${a.leg} (${a.descriptor.digest}) and ${b.leg} (${b.descriptor.digest})`,
    {
      hint: `Give each leg a platform of its own, or say what tells them apart with "identity", e.g. ${identity.join(' and ')} and annotations.<key>.`,
    },
  );

import type { EntryOutcome } from './entry-slot.ts';
import { type Identity, identityText } from './identity.ts';
import type { UpdatedIndex } from './update-index.ts';

/** One entry of an index, for people. */
export interface IndexRow {
  readonly name: string;
  readonly kind: string;
  readonly digest: string;
  readonly size: number;
  readonly outcome: EntryOutcome;
}

/** What became of each entry, in the order of the index; what was removed stands last. */
export function indexRows({ changes }: UpdatedIndex, identity: Identity): IndexRow[] {
  const rows = changes.map(({ descriptor, outcome }) => ({
    name: identityText(descriptor, identity),
    kind: descriptor.artifactType ?? 'image',
    digest: descriptor.digest,
    size: descriptor.size,
    outcome,
  }));
  return [
    ...rows.filter(({ outcome }) => outcome !== 'removed'),
    ...rows.filter(({ outcome }) => outcome === 'removed'),
  ];
}

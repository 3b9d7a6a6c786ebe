import { type Descriptor, type Digest, formatPlatform } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { entriesOfRecords } from './entries-of-records.ts';
import { type Identity, identityKey, identityText } from './identity.ts';
import type { EntryChange } from './merge-index.ts';
import type { Published } from './published.ts';
import type { LegRecord } from './record.ts';

type Present = EntryChange & { readonly outcome: 'added' | 'replaced' | 'kept' };

/** The entries of an index, each with the leg that pushed it and with its attestations. */
export function publishedEntries(
  changes: readonly EntryChange[],
  records: readonly LegRecord[],
  identity: Identity,
): Pick<Published, 'manifests' | 'removed'> {
  const present = changes.filter(isPresent);
  const subjectOf = subjectsAmong(present);
  const bySubject = Map.groupBy(present, ({ descriptor }) => subjectOf(descriptor));
  const legOf = legFinder(records, identity);
  return {
    manifests: (bySubject.get(undefined) ?? []).map((change) => {
      const leg = legOf(change.descriptor);
      return {
        ...described(change.descriptor, identity),
        ...outcomeOf(change),
        ...(leg === undefined ? {} : { leg }),
        attestations: (bySubject.get(change.descriptor.digest) ?? []).map((attestation) => ({
          ...contentOf(attestation.descriptor),
          ...outcomeOf(attestation),
        })),
      };
    }),
    removed: changes
      .filter((change) => !isPresent(change))
      .map(({ descriptor }) => described(descriptor, identity)),
  };
}

const isPresent = (change: EntryChange): change is Present => change.outcome !== 'removed';

/** Of an attestation: its subject, if that is among the entries. Any other entry stands for itself. */
function subjectsAmong(
  present: readonly Present[],
): (descriptor: Descriptor) => Digest | undefined {
  const subjects = new Set(
    present
      .filter(({ descriptor }) => attestationSubject(descriptor) === undefined)
      .map(({ descriptor }) => descriptor.digest),
  );
  return (descriptor) => {
    const subject = attestationSubject(descriptor);
    return subject !== undefined && subjects.has(subject) ? subject : undefined;
  };
}

// One manifest may be what two legs pushed: then what the entries say tells the legs apart.
function legFinder(
  records: readonly LegRecord[],
  identity: Identity,
): (descriptor: Descriptor) => string | undefined {
  const entries = entriesOfRecords(records, identity);
  const byDigest = Map.groupBy(entries, ({ descriptor }) => descriptor.digest);
  return (descriptor) => {
    const key = identityKey(descriptor, identity);
    const legs = byDigest.get(descriptor.digest) ?? [];
    return (legs.find((entry) => identityKey(entry.descriptor, identity) === key) ?? legs[0])?.leg;
  };
}

const contentOf = ({ digest, mediaType, size }: Descriptor) => ({ digest, mediaType, size });

function described(descriptor: Descriptor, identity: Identity): Published['removed'][number] {
  const { platform, artifactType } = descriptor;
  const subject = attestationSubject(descriptor);
  return {
    ...contentOf(descriptor),
    name: subject ? `attestation of ${subject}` : identityText(descriptor, identity),
    ...(platform === undefined ? {} : { platform: formatPlatform(platform) }),
    ...(artifactType === undefined ? {} : { artifactType }),
  };
}

const outcomeOf = ({ outcome, previous }: Present) => ({
  outcome,
  ...(previous === undefined ? {} : { previous: previous.digest }),
});

import { type Descriptor, type Digest, normalisePlatform } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { entryKeys } from './entry-keys.ts';
import { type Identity, identityKey } from './identity.ts';
import { entryOf, type IndexEntry } from './index-document.ts';

export type EntryOutcome = 'added' | 'replaced' | 'kept' | 'removed';

/** What became of one entry. */
export interface EntryChange {
  readonly outcome: EntryOutcome;
  readonly descriptor: Descriptor;
  /** Of a replaced entry: what stood there before. */
  readonly previous?: Descriptor;
}

export interface MergedEntries {
  readonly entries: readonly IndexEntry[];
  readonly changes: readonly EntryChange[];
}

/**
 * Puts entries of ours into a list: what has the same identity is replaced in place, the rest is appended in sorted order,
 * what nobody names is kept byte for byte. Attestations go where their subject goes.
 */
export function mergeEntries(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): MergedEntries {
  const incomingKeys = entryKeys(incoming, identity);
  const byKey = new Map(incoming.map((descriptor, at) => [incomingKeys[at] ?? '', descriptor]));
  const descriptors = current.map(({ descriptor }) => descriptor);
  const currentKeys = entryKeys(descriptors, identity);
  const replaced = replacedDigests(descriptors, currentKeys, byKey);
  const placed = new Set<string>();
  const entries: IndexEntry[] = [];
  const changes: EntryChange[] = [];

  for (const [at, entry] of current.entries()) {
    const key = currentKeys[at] ?? '';
    const next = byKey.get(key);
    if (next === undefined ? replaced.has(attestationSubject(entry.descriptor)) : placed.has(key)) {
      changes.push({ outcome: 'removed', descriptor: entry.descriptor });
      continue;
    }
    placed.add(key);
    entries.push(next === undefined || sameEntry(entry, next) ? entry : entryOf(next));
    changes.push(changeOf(entry, next));
  }

  const added = [...byKey].filter(([key]) => !placed.has(key)).map(([, descriptor]) => descriptor);
  added.sort(byPlace(identity));
  return {
    entries: [...entries, ...added.map(entryOf)],
    changes: [
      ...changes,
      ...added.map((descriptor) => ({ outcome: 'added', descriptor }) as const),
    ],
  };
}

// The entries that give way to another digest: their attestations have nothing to speak of any more.
function replacedDigests(
  current: readonly Descriptor[],
  keys: readonly string[],
  incoming: ReadonlyMap<string, Descriptor>,
): Set<Digest | undefined> {
  const giving = current.filter((descriptor, at) => {
    const next = incoming.get(keys[at] ?? '');
    return next !== undefined && next.digest !== descriptor.digest;
  });
  return new Set(giving.map(({ digest }) => digest));
}

/** Exactly these entries, in sorted order; those that were there already keep their bytes. */
export function replaceEntries(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): MergedEntries {
  const named = new Set(incoming.map((descriptor) => identityKey(descriptor, identity)));
  const stays = ({ descriptor }: IndexEntry): boolean =>
    named.has(identityKey(descriptor, identity));
  const merged = mergeEntries(current.filter(stays), incoming, identity);
  const gone = current.filter((entry) => !stays(entry));
  return {
    entries: [...merged.entries].sort((a, b) => byPlace(identity)(a.descriptor, b.descriptor)),
    changes: [
      ...merged.changes,
      ...gone.map(({ descriptor }) => ({ outcome: 'removed' as const, descriptor })),
    ],
  };
}

const sameEntry = (entry: IndexEntry, next: Descriptor): boolean =>
  entry.source === entryOf(next).source;

function changeOf(entry: IndexEntry, next: Descriptor | undefined): EntryChange {
  if (next === undefined || sameEntry(entry, next)) {
    return { outcome: 'kept', descriptor: entry.descriptor };
  }
  return { outcome: 'replaced', descriptor: next, previous: entry.descriptor };
}

/** Images before artifacts before attestations, then by platform, identity and digest: the same order on any machine. */
const byPlace =
  (identity: Identity) =>
  (a: Descriptor, b: Descriptor): number => {
    const [first, second] = [placeOf(a, identity), placeOf(b, identity)];
    return first < second ? -1 : first > second ? 1 : 0;
  };

function placeOf(descriptor: Descriptor, identity: Identity): string {
  const rank = attestationSubject(descriptor) ? '2' : descriptor.artifactType ? '1' : '0';
  const platform = descriptor.platform && normalisePlatform(descriptor.platform);
  const parts = [platform?.os, platform?.architecture, platform?.variant, platform?.['os.version']];
  return [
    rank,
    ...parts.map((part) => part ?? ''),
    identityKey(descriptor, identity),
    descriptor.digest,
  ].join('\n');
}

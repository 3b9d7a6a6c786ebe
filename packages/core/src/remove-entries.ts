import {
  type Descriptor,
  isDigest,
  type Platform,
  parsePlatform,
  samePlatform,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { IndexEntry } from './index-document.ts';
import type { MergedEntries } from './merge-index.ts';

/** Which entries to take out. */
export type Selector =
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'annotation'; readonly key: string; readonly value: string }
  | { readonly kind: 'platform'; readonly platform: Platform };

/** Reads the lines of `remove`: a digest, a platform, or `annotations.<key>=<value>`. */
export function parseSelectors(lines: readonly string[]): Selector[] {
  return lines.map((line) => {
    if (isDigest(line)) return { kind: 'digest', digest: line };
    const pair = /^annotations\.(?<key>[^=\s]+)=(?<value>.*)$/.exec(line)?.groups;
    if (pair) return { kind: 'annotation', key: pair.key ?? '', value: pair.value ?? '' };
    return { kind: 'platform', platform: parsePlatform(line) };
  });
}

/** Takes out what any selector names, and the attestations of it. Throws when nothing would be left. */
export function removeEntries(
  current: readonly IndexEntry[],
  selectors: readonly Selector[],
): MergedEntries {
  const named = ({ descriptor }: IndexEntry): boolean =>
    selectors.some((selector) => selects(selector, descriptor));
  const stays = new Set(
    current.filter((entry) => !named(entry)).map(({ descriptor }) => descriptor.digest),
  );
  const gone = new Set<string>(
    current
      .filter((entry) => named(entry) && !stays.has(entry.descriptor.digest))
      .map(({ descriptor }) => descriptor.digest),
  );
  const leaves = (entry: IndexEntry): boolean =>
    named(entry) || gone.has(attestationSubject(entry.descriptor) ?? '');

  const entries = current.filter((entry) => !leaves(entry));
  if (entries.length === 0 && current.length > 0) {
    throw new MatrixError(
      'INPUT_INVALID',
      `remove names all ${current.length} entries of the index`,
      {
        hint: 'Leave at least one entry; to take an index away, delete its tag.',
      },
    );
  }
  return {
    entries,
    changes: current.map((entry) => ({
      outcome: leaves(entry) ? 'removed' : 'kept',
      descriptor: entry.descriptor,
    })),
  };
}

/** True if a selector names this entry. */
export function selects(
  selector: Selector,
  { digest, annotations, platform }: Descriptor,
): boolean {
  switch (selector.kind) {
    case 'digest':
      return digest === selector.digest;
    case 'annotation':
      return annotations?.[selector.key] === selector.value;
    case 'platform':
      return samePlatform(selector.platform, platform);
  }
}

import type { Repository } from '@oci-matrix/distribution';
import type { RepositoryName } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import { type Identity, identityKey } from './identity.ts';
import type { MergedEntries } from './merge-index.ts';
import type { MovedTag } from './move-tags.ts';
import { type CurrentIndex, readCurrent } from './read-current.ts';
import { type Selector, selects } from './remove-entries.ts';

/** One more image that gets the same index. */
export interface IndexCopy {
  readonly repository: Repository;
  /** At least one. */
  readonly tags: readonly string[];
  /** True if the release goes on without it when it fails. */
  readonly optional: boolean;
}

/** An image that the index goes to, with what its first tag names now. */
export interface IndexPlace extends IndexCopy {
  readonly current: CurrentIndex;
}

/** Where the index went. */
export interface PublishedPlace {
  readonly image: RepositoryName;
  readonly optional: boolean;
  /** What each tag named before, as far as it is known, and whether it had to move. */
  readonly tags: readonly MovedTag[];
  /** Why it is not for sure there; of optional images alone. None of its tags is then said to have moved. */
  readonly failure?: string;
}

/** Reads what the first tag of an image names. */
export const readPlace = async (copy: IndexCopy): Promise<IndexPlace> => ({
  ...copy,
  current: await readCurrent(copy.repository, copy.tags[0] ?? ''),
});

interface Rules {
  readonly mode: 'merge' | 'replace' | 'remove';
  readonly identity: Identity;
  readonly remove: readonly Selector[];
}

/**
 * Throws `CONFLICT` if an image has entries that the index to come neither has nor replaces: every image gets one digest, and
 * they would be lost without a word.
 */
export function refuseDiverged(
  { repository: { name }, tags, current }: IndexPlace,
  { entries }: Pick<MergedEntries, 'entries'>,
  { mode, identity, remove }: Rules,
): void {
  if (mode === 'replace') return;
  const stays = new Set(
    entries.flatMap(({ descriptor }) => [descriptor.digest, identityKey(descriptor, identity)]),
  );
  const lost = current.document.entries.filter(({ descriptor }) => {
    if (stays.has(descriptor.digest)) return false;
    // What speaks of an entry leaves with it.
    const subject = attestationSubject(descriptor);
    if (subject !== undefined) return stays.has(subject);
    return (
      !stays.has(identityKey(descriptor, identity)) &&
      !remove.some((selector) => selects(selector, descriptor))
    );
  });
  const [first] = lost;
  if (first === undefined) return;
  throw new MatrixError(
    'CONFLICT',
    `${name.registry}/${name.repository}:${tags[0]} has ${lost.length} entries that no other image has, and the index would be without them: ${lost
      .slice(0, 10)
      .map(({ descriptor }) => descriptor.digest)
      .join(', ')}`,
    {
      hint: 'Publish to this image alone once, so that "image" is where they are, or let them go with "mode: replace".',
    },
  );
}

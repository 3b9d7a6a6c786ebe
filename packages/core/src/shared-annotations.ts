import type { FetchedManifest, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { absentChildren } from './absent-children.ts';
import type { Annotation } from './annotations.ts';
import { attestationSubject } from './attestation.ts';

/**
 * The annotations that the manifests of all legs have, with one value: for the index. What differs between legs speaks of one
 * leg alone. Attestations have no say. What the repository lacks is read in the sources.
 */
export async function sharedAnnotations(
  repository: Repository,
  sources: readonly Repository[],
  entries: readonly Descriptor[],
): Promise<Annotation[]> {
  const subjects = entries.filter((entry) => attestationSubject(entry) === undefined);
  const [first, ...more] = await pMap(
    subjects,
    async ({ digest }) => {
      const found = await fetchFirst([repository, ...sources], digest);
      if (found === undefined) throw absentChildren(repository.name, [digest]);
      const { manifest } = found;
      return (manifest.kind === 'index' ? manifest.index : manifest.image).annotations ?? {};
    },
    { concurrency: 24 },
  );
  return Object.entries(first ?? {})
    .filter(([key, value]) => more.every((annotations) => annotations[key] === value))
    .map(([key, value]) => ({ level: 'manifest', key, value }));
}

async function fetchFirst(
  repositories: readonly Repository[],
  digest: Digest,
): Promise<FetchedManifest | undefined> {
  for (const { manifests } of repositories) {
    const found = await manifests.fetch(digest);
    if (found !== undefined) return found;
  }
  return undefined;
}

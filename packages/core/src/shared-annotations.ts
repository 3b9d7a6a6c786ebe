import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import pMap from 'p-map';
import type { Annotation } from './annotations.ts';
import { attestationSubject } from './attestation.ts';
import { absentChildren } from './refuse-absent-children.ts';

/**
 * The annotations that the manifests of all legs have, with one value: for the index. What differs between legs speaks of one
 * leg alone. Attestations have no say.
 */
export async function sharedAnnotations(
  { manifests, name }: Repository,
  entries: readonly Descriptor[],
): Promise<Annotation[]> {
  const subjects = entries.filter((entry) => attestationSubject(entry) === undefined);
  const [first, ...more] = await pMap(
    subjects,
    async ({ digest }) => {
      const found = await manifests.fetch(digest);
      if (found === undefined) throw absentChildren(name, [digest]);
      const { manifest } = found;
      return (manifest.kind === 'index' ? manifest.index : manifest.image).annotations ?? {};
    },
    { concurrency: 24 },
  );
  return Object.entries(first ?? {})
    .filter(([key, value]) => more.every((annotations) => annotations[key] === value))
    .map(([key, value]) => ({ level: 'manifest', key, value }));
}

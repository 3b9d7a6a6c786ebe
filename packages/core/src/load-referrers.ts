import type { Repository } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { type ImageReader, invalidSource, type LoadedManifest } from './image-reader.ts';
import { loadBelow } from './plan-image.ts';
import { findManifest } from './repository-reader.ts';

// Whoever may push to the source may add to this list: more is an attack, or nothing that anybody reads.
const maxReferrers = 1000;

const concurrency = 8;

/**
 * What refers to some manifests, of every artifact type, and what refers to that: signatures of an SBOM come along with it.
 * Subjects come before what refers to them. A referrer that is listed and gone is left out.
 */
export async function loadReferrers(
  repository: Repository,
  reader: ImageReader,
  subjects: readonly Digest[],
): Promise<LoadedManifest[]> {
  const seen = new Set<Digest>(subjects);
  const all: LoadedManifest[] = [];
  for (let wave = subjects; wave.length > 0; ) {
    const listed = await pMap(wave, (digest) => repository.referrers.list(digest), { concurrency });
    const fresh = listed.flat().filter(({ digest }) => !seen.has(digest));
    for (const { digest } of fresh) seen.add(digest);
    if (seen.size - subjects.length > maxReferrers) {
      throw invalidSource(reader.name, `more than ${maxReferrers} manifests refer to it`);
    }
    const distinct = [...new Map(fresh.map((entry) => [entry.digest, entry])).values()];
    const found = await pMap(distinct, (entry) => findManifest(repository, entry), { concurrency });
    const named = new Set<Digest | undefined>(wave);
    const loaded = found
      .filter((item) => item !== undefined)
      .filter((item) => named.has(subjectOf(item)));
    for (const item of loaded) all.push(...(await loadBelow(reader, item)));
    wave = loaded.map(({ descriptor }) => descriptor.digest);
  }
  return all;
}

// What the registry lists is not believed: a manifest refers to what it says itself.
const subjectOf = ({ manifest }: LoadedManifest): Digest | undefined =>
  (manifest.kind === 'image' ? manifest.image : manifest.index).subject?.digest;

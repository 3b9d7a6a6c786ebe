import { type Descriptor, formatPlatform, samePlatform } from '@oci-matrix/oci';
import { annotateEntry } from './annotate-entry.ts';
import type { Annotation } from './annotations.ts';
import { distinctEntries, legEntries } from './entries-of-records.ts';
import { MatrixError } from './error.ts';
import type { Identity } from './identity.ts';
import type { Records } from './records.ts';

/**
 * The entries that some records bring, and those that were named by their digests, with what the user says of them. Throws
 * `LEG_MISSING` unless the records are complete, or the missing legs keep the entries that they have.
 */
export function incomingEntries(
  records: Records | undefined,
  named: readonly Descriptor[],
  identity: Identity,
  annotations: readonly Annotation[],
): Descriptor[] {
  const keeps = (records?.keepPrevious ?? []).length > 0;
  if (records?.complete === false && !keeps) {
    throw new MatrixError(
      'LEG_MISSING',
      `the records of group ${records.group} are not complete${records.missing.length === 0 ? ', since a job did not succeed' : `, missing: ${records.missing.join('; ')}`}`,
    );
  }
  const legs = [
    ...legEntries(records?.records ?? []),
    ...named.map((descriptor) => ({ leg: descriptor.digest, descriptor })),
  ];
  const entries = distinctEntries(legs, identity).map(({ descriptor }) => descriptor);
  refuseUnused(annotations, entries);
  return entries.map((descriptor) => annotateEntry(descriptor, annotations));
}

function refuseUnused(annotations: readonly Annotation[], entries: readonly Descriptor[]): void {
  for (const { platform, key } of annotations) {
    if (platform === undefined) continue;
    if (entries.some((entry) => samePlatform(entry.platform, platform))) continue;
    throw new MatrixError(
      'ANNOTATION_INVALID',
      `the annotation ${key} is for ${formatPlatform(platform)}, and no leg gives an entry of that platform`,
      { hint: 'Correct the platform in the brackets, or leave the line out.' },
    );
  }
}

import { type Descriptor, descriptorOf, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import type { LegRecord } from '../record.ts';
import type { Records } from '../records.ts';

export interface RecordChanges extends Partial<Omit<LegRecord, 'run'>> {
  readonly attempt?: number;
  readonly job?: string;
}

/** A leg's record: the first of one leg, unless something else is said. */
export const recordOf = ({
  attempt = 1,
  job = 'push',
  ...more
}: RecordChanges = {}): LegRecord => ({
  schema: 'oci-matrix/leg-record/v1',
  group: 'app',
  leg: 'amd64',
  index: 0,
  total: 1,
  matrix: null,
  outputs: {},
  run: { id: '7', number: 1, attempt, job },
  finishedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

/** The records of a whole matrix of one axis, in the first attempt. */
export const matrixOf = (...values: readonly string[]): LegRecord[] =>
  values.map((value, index) =>
    recordOf({ leg: value, index, total: values.length, matrix: { value } }),
  );

/** All records of a group. */
export const recordsOf = (...records: readonly LegRecord[]): Records => ({
  schema: 'oci-matrix/records/v1',
  group: 'app',
  complete: true,
  missing: [],
  records,
});

/** The entry of a manifest with this text for its content. */
export const entryFor = (text: string, more: Partial<Descriptor> = {}): Descriptor =>
  descriptorOf(new TextEncoder().encode(text), mediaTypes.imageManifest, more);

/** The entry of an image for a platform. */
export const imageFor = (platform: string, text = platform): Descriptor =>
  entryFor(text, { platform: parsePlatform(platform) });

/** An attestation entry as BuildKit writes it. */
export const attestationFor = (subject: Descriptor, text = 'provenance'): Descriptor =>
  entryFor(`${text} of ${subject.digest}`, {
    platform: { architecture: 'unknown', os: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': subject.digest,
    },
  });

/** The record of a leg that pushed these. */
export const pushedBy = (leg: string, ...entries: readonly Descriptor[]): LegRecord => {
  const [descriptor] = entries;
  return recordOf({
    leg,
    ...(descriptor === undefined ? {} : { descriptor }),
    ...(entries.length > 1 ? { children: entries } : {}),
  });
};

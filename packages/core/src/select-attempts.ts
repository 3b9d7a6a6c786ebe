import { canonicalText } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { LegRecord } from './record.ts';

/**
 * Of each leg the record of its newest attempt, sorted by leg. After "re-run failed jobs" the attempts of a run lie
 * side by side; artifact ids and times say nothing about their order, so the attempt inside the record decides.
 */
export function selectAttempts(records: readonly LegRecord[]): LegRecord[] {
  const byLeg = newestOf(records, (record) => record.leg);
  // A matrix that was planned anew may have given a place to another leg.
  const byPlace = newestOf(byLeg, ({ run, index }) => `${run.job}\n${index}`);
  return byPlace.sort((a, b) => (a.leg < b.leg ? -1 : a.leg > b.leg ? 1 : 0));
}

function newestOf(
  records: readonly LegRecord[],
  keyOf: (record: LegRecord) => string,
): LegRecord[] {
  const newest = new Map<string, LegRecord>();
  for (const record of records) {
    const key = keyOf(record);
    const other = newest.get(key);
    if (other === undefined || record.run.attempt > other.run.attempt) newest.set(key, record);
    else if (record.run.attempt === other.run.attempt) newest.set(key, oneOf(other, record));
  }
  return [...newest.values()];
}

// The same record may come by artifact and by output, there without its image; two different ones are two legs with one name.
function oneOf(a: LegRecord, b: LegRecord): LegRecord {
  const content = ({ image: _, finishedAt: __, ...rest }: LegRecord): string => canonicalText(rest);
  if (content(a) === content(b)) return a.image === undefined ? b : a;
  throw new MatrixError(
    'LEG_DUPLICATE',
    `two records claim the same leg in attempt ${a.run.attempt}: ${nameOf(a)} and ${nameOf(b)}`,
  );
}

const nameOf = ({ leg, run, index, total, descriptor }: LegRecord): string =>
  `${leg} (job ${run.job}, leg ${index + 1} of ${total}${descriptor ? `, ${descriptor.digest}` : ''})`;

import { canonicalText } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import type { LegRecord } from './record.ts';
import { settlePlaces } from './settle-places.ts';
import { addSignatures } from './signing/add-signatures.ts';

/**
 * Of each leg the record of its newest attempt, sorted by leg. After "re-run failed jobs" the attempts of a run lie
 * side by side; artifact ids and times say nothing about their order, so the attempt inside the record decides.
 */
export function selectAttempts(records: readonly LegRecord[], expected?: Expectation): LegRecord[] {
  const jobs = [...Map.groupBy(records, ({ run }) => run.job).values()];
  const newest = jobs.flatMap((ofJob) =>
    settlePlaces(newestOfLegs(sincePlanned(ofJob)), ofJob, expected),
  );
  refuseShared(newest);
  return newest.sort((a, b) => (a.leg < b.leg ? -1 : a.leg > b.leg ? 1 : 0));
}

// A leg that has another place than in an earlier attempt shows that the matrix was planned anew. Then every job runs
// again, and what is older belongs to the plan before.
function sincePlanned(records: readonly LegRecord[]): LegRecord[] {
  const legs = [...Map.groupBy(records, ({ leg }) => leg).values()];
  const planned = Math.max(0, ...legs.map(lastMove));
  return records.filter(({ run }) => run.attempt >= planned);
}

function lastMove(leg: readonly LegRecord[]): number {
  const byAttempt = leg.toSorted((a, b) => a.run.attempt - b.run.attempt);
  const moved = byAttempt.filter((record, at) => {
    const before = byAttempt[at - 1] ?? record;
    const isLater = record.run.attempt > before.run.attempt;
    return isLater && (record.index !== before.index || record.total !== before.total);
  });
  return moved.at(-1)?.run.attempt ?? 0;
}

function newestOfLegs(records: readonly LegRecord[]): LegRecord[] {
  const newest = new Map<string, LegRecord>();
  for (const record of records) {
    const other = newest.get(record.leg);
    if (other === undefined || record.run.attempt > other.run.attempt) {
      newest.set(record.leg, record);
    } else if (record.run.attempt === other.run.attempt) {
      newest.set(record.leg, oneOf(other, record));
    }
  }
  return [...newest.values()];
}

// The same record may come by artifact and by output, there without its image, and again with its signatures; two different
// ones are two legs with one name.
function oneOf(a: LegRecord, b: LegRecord): LegRecord {
  const content = ({ image: _, finishedAt: __, signatures: ___, ...rest }: LegRecord): string =>
    canonicalText(rest);
  const sameImage = a.image === b.image || a.image === undefined || b.image === undefined;
  if (!sameImage || content(a) !== content(b)) throw duplicate(a, b);
  const [first, second] = a.finishedAt <= b.finishedAt ? [a, b] : [b, a];
  const image = first.image ?? second.image;
  const signed = addSignatures(first, second.signatures ?? []);
  return image === undefined ? signed : { ...signed, image };
}

function refuseShared(records: readonly LegRecord[]): void {
  const seen = new Map<string, LegRecord>();
  for (const record of records) {
    const other = seen.get(record.leg);
    if (other !== undefined) throw duplicate(other, record);
    seen.set(record.leg, record);
  }
}

function duplicate(a: LegRecord, b: LegRecord): MatrixError {
  const [first, second] = [a, b].map(nameOf).sort();
  return new MatrixError(
    'LEG_DUPLICATE',
    `two records claim to be one leg: ${first} and ${second}`,
  );
}

const nameOf = ({ leg, run, index, total, image, descriptor }: LegRecord): string =>
  `${leg} (job ${run.job}, leg ${index + 1} of ${total}, attempt ${run.attempt}${[image, descriptor?.digest].map((part) => (part === undefined ? '' : `, ${part}`)).join('')})`;

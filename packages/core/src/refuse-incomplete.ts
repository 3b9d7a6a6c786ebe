import { MatrixError } from './error.ts';
import { slugOf } from './leg.ts';
import type { FailedJob, Needs } from './needs.ts';
import type { LegRecord } from './record.ts';
import type { Records } from './records.ts';

/** What a missing leg does. */
export type OnMissing = 'fail' | 'keep-previous' | 'partial';

type Found = Pick<Records, 'group' | 'missing' | 'records' | 'keepPrevious'>;

const shownAtMost = 10;

/**
 * Throws `LEG_MISSING` or `LEG_FAILED`, naming the legs or the jobs, unless what is there may be published. Where a leg may be
 * missing, a job that failed is excused by legs of its own that are missing, and by nothing else.
 */
export function refuseIncomplete(found: Found, needs?: Needs, onMissing: OnMissing = 'fail'): void {
  const { group, missing, records, keepPrevious = [] } = found;
  const isAllowed = onMissing !== 'fail' && records.length > 0;
  if (missing.length > 0 && !isAllowed) throw incomplete(found);
  if (onMissing === 'keep-previous' && keepPrevious.length < missing.length) {
    throw incomplete(
      found,
      'Say with "expect" which legs there must be, by their names or as the matrix: only then the entries that they had before are known.',
    );
  }
  const failed = (needs?.failed ?? []).filter((job) => !isAllowed || !lacksLegs(job, found));
  if (failed.length === 0) return;
  throw new MatrixError(
    'LEG_FAILED',
    `group ${group} is not published, since a job did not succeed: ${failed.map(({ job, result }) => `${job}: ${result}`).join(', ')}`,
  );
}

function incomplete({ group, missing, records }: Found, hint?: string): MatrixError {
  const more = missing.length > shownAtMost ? ` and ${missing.length - shownAtMost} more` : '';
  return new MatrixError(
    'LEG_MISSING',
    `group ${group} is not complete: ${records.length} legs are there, missing: ${missing.slice(0, shownAtMost).join('; ')}${more}`,
    hint === undefined ? {} : { hint },
  );
}

// A job without a matrix is a leg by its own name; of a matrix the records say how many there must be.
function lacksLegs({ job }: FailedJob, { records, missing }: Found): boolean {
  const own = records.filter(({ run }) => run.job === job);
  const [first] = own;
  return missing.includes(slugOf(job)) || (first !== undefined && placesOf(own) < first.total);
}

const placesOf = (records: readonly LegRecord[]): number =>
  new Set(records.map(({ index }) => index)).size;

import { MatrixError } from './error.ts';
import type { Needs } from './needs.ts';
import type { Records } from './records.ts';

const shownAtMost = 10;

/** Throws `LEG_MISSING` or `LEG_FAILED`, naming the legs or the jobs, unless every leg of the group may be published. */
export function refuseIncomplete(
  { group, missing, records }: Pick<Records, 'group' | 'missing' | 'records'>,
  needs?: Needs,
): void {
  if (missing.length > 0) {
    const more = missing.length > shownAtMost ? ` and ${missing.length - shownAtMost} more` : '';
    throw new MatrixError(
      'LEG_MISSING',
      `group ${group} is not complete: ${records.length} legs are there, missing: ${missing.slice(0, shownAtMost).join('; ')}${more}`,
    );
  }
  const failed = needs?.failed ?? [];
  if (failed.length === 0) return;
  throw new MatrixError(
    'LEG_FAILED',
    `group ${group} is not published, since a job did not succeed: ${failed.join(', ')}`,
  );
}

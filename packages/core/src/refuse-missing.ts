import { MatrixError } from './error.ts';

const shownAtMost = 10;

/** Throws `LEG_MISSING`, naming the missing legs, if there are any. */
export function refuseMissing(group: string, missing: readonly string[], present: number): void {
  if (missing.length === 0) return;
  const more = missing.length > shownAtMost ? ` and ${missing.length - shownAtMost} more` : '';
  throw new MatrixError(
    'LEG_MISSING',
    `group ${group} is not complete: ${present} legs are there, missing: ${missing.slice(0, shownAtMost).join('; ')}${more}`,
  );
}

import type { CarriedRecord } from './carried-record.ts';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import { mayBeOf } from './may-be-of.ts';
import { missingLegs } from './missing-legs.ts';
import type { Needs } from './needs.ts';
import { type LegRecord, parseRecord } from './record.ts';
import { type Records, recordsSchemaName } from './records.ts';
import { selectAttempts } from './select-attempts.ts';

export interface AggregateOptions {
  readonly carried: readonly CarriedRecord[];
  readonly needs?: Needs | undefined;
  /** Which legs; without it there must be one group only. */
  readonly group?: string | undefined;
  readonly expected?: Expectation | undefined;
  /** Told of a record of another group that cannot be read, which is that group's trouble. */
  readonly onUnreadable?: (error: MatrixError) => void;
}

/** One document of all legs of a group, which says what is missing. Throws `LEG_DUPLICATE`, naming both. */
export function aggregate(options: AggregateOptions): Records {
  const all = [...readCarried(options), ...(options.needs?.records ?? [])];
  const group = options.group ?? onlyGroup(all);
  const own = all.filter((record) => record.group === group);
  const records = selectAttempts(own, options.expected);
  const missing =
    records.length === 0 && options.expected === undefined
      ? ['every leg: no record was found']
      : missingLegs(records, options.expected);
  return {
    schema: recordsSchemaName,
    group,
    complete: missing.length === 0 && (options.needs?.failed.length ?? 0) === 0,
    missing,
    records,
  };
}

function readCarried({ carried, group, onUnreadable }: AggregateOptions): LegRecord[] {
  return carried.flatMap(({ artifact, text }) => {
    try {
      return [parseRecord(text, `artifact ${artifact}`)];
    } catch (error) {
      if (!(error instanceof MatrixError)) throw error;
      if (group === undefined || mayBeOf(group, { artifact, text })) throw error;
      onUnreadable?.(error);
      return [];
    }
  });
}

function onlyGroup(records: readonly LegRecord[]): string {
  const groups = [...new Set(records.map(({ group }) => group))].sort();
  if (groups.length > 1) {
    throw new MatrixError(
      'INPUT_INVALID',
      `there are records of ${groups.length} groups: ${groups.join(', ')}`,
      {
        hint: 'Say which one is meant with the input "group".',
      },
    );
  }
  return groups[0] ?? 'none';
}

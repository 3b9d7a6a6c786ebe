import type { RepositoryName } from '@oci-matrix/oci';
import { absentLegs } from './absent-legs.ts';
import { refuseForeignImages } from './allowed-images.ts';
import type { CarriedRecord } from './carried-record.ts';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import { markEntries } from './leg-annotations.ts';
import { mayBeOf } from './may-be-of.ts';
import type { Needs } from './needs.ts';
import { type LegRecord, parseRecord } from './record.ts';
import { type Records, recordsSchemaName } from './records.ts';
import type { OnMissing } from './refuse-incomplete.ts';
import { selectAttempts } from './select-attempts.ts';

export interface AggregateOptions {
  readonly carried: readonly CarriedRecord[];
  readonly needs?: Needs | undefined;
  /** Which legs; without it there must be one group only. */
  readonly group?: string | undefined;
  readonly expected?: Expectation | undefined;
  /** With `keep-previous` the entries say which legs they are of, and the document which legs are missing. */
  readonly onMissing?: OnMissing | undefined;
  /** The images that records may name; any where it is left out. */
  readonly allowed?: readonly RepositoryName[] | undefined;
  /** Told of a record of another group that cannot be read, which is that group's trouble. */
  readonly onUnreadable?: (error: MatrixError) => void;
}

/**
 * One document of all legs of a group, which says what is missing. Throws `LEG_DUPLICATE`, naming both, and `IMAGE_NOT_ALLOWED`.
 */
export function aggregate(options: AggregateOptions): Records {
  const { expected, needs } = options;
  const all = [...readCarried(options), ...(needs?.records ?? [])];
  const group = options.group ?? onlyGroup(all);
  const own = all.filter((record) => record.group === group);
  const records = selectAttempts(own, expected);
  if (options.allowed !== undefined) refuseForeignImages(records, options.allowed);
  const absent = absentLegs(records, expected);
  const keepsPrevious = options.onMissing === 'keep-previous';
  return {
    schema: recordsSchemaName,
    group,
    complete: absent.length === 0 && (needs?.failed.length ?? 0) === 0,
    missing:
      own.length === 0 && expected?.kind !== 'legs'
        ? [nothing(all)]
        : absent.map(({ name }) => name),
    ...(keepsPrevious ? { keepPrevious: absent.flatMap(({ leg }) => leg ?? []) } : {}),
    records: keepsPrevious ? records.map(markEntries) : records,
  };
}

// Legs that push to another image are of another group, unless somebody says otherwise.
function nothing(all: readonly LegRecord[]): string {
  const groups = [...new Set(all.map(({ group }) => group))].sort();
  const others = groups.length === 0 ? '' : `, only of ${groups.slice(0, 5).join(', ')}`;
  return `every leg: no record was found${others}`;
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

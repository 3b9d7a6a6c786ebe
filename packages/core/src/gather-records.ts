import { type AggregateOptions, aggregate } from './aggregate.ts';
import type { CarriedRecord } from './carried-record.ts';
import {
  type DescriptorFilesOptions,
  recordsOfDescriptorFiles,
} from './descriptor-file-records.ts';
import type { Records } from './records.ts';

export interface GatherOptions extends Omit<AggregateOptions, 'carried'> {
  /** Files of descriptors, which take the place of all records. */
  readonly files: DescriptorFilesOptions['files'];
  readonly run: DescriptorFilesOptions['run'];
  /** Fetches the records; `isComplete` says whether those that were found so far lack a leg. */
  readonly collect: (
    isComplete: (carried: readonly CarriedRecord[]) => boolean,
  ) => Promise<readonly CarriedRecord[]>;
}

/** One document of all legs of a group, from wherever their records come. Throws as `aggregate` does. */
export async function gatherRecords(options: GatherOptions): Promise<Records> {
  const { files, run, collect, ...rest } = options;
  const { group, expected, needs } = rest;
  if (files.length > 0) {
    const carried = await recordsOfDescriptorFiles({ files, group, expected, run });
    return aggregate({ ...rest, carried, needs: needs && { ...needs, records: [] } });
  }
  const { onUnreadable: _, ...quiet } = rest;
  return aggregate({
    ...rest,
    carried: await collect((carried) => aggregate({ ...quiet, carried }).missing.length === 0),
  });
}

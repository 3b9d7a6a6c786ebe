import { OciError } from '@oci-matrix/oci';
import type { DownloadedRecord } from './artifacts/download-record.ts';
import { downloadRecords, type OtherRun } from './artifacts/download-records.ts';
import { InputError } from './input-error.ts';
import type { RunContext } from './run-context.ts';

interface CollectOptions {
  readonly group: string | undefined;
  /** True where other records are at hand. */
  readonly hasOthers: boolean;
  /** The run whose records these are: another one, or this one, where it cannot see those of its earlier attempts. */
  readonly runId?: number | undefined;
  readonly token?: string | undefined;
  /** False where a leg seems to be missing. */
  readonly isComplete: (records: readonly DownloadedRecord[]) => boolean;
}

/**
 * All records among the artifacts of this run, or of another. A listing may be late: where a leg is missing, and where this is
 * a later attempt, whose records might hide behind those of an earlier one, it is asked for again until nothing new comes.
 * Where other records are at hand, a server without the artifact service is no error.
 */
export async function collectRecords(
  { group, hasOthers, isComplete, ...other }: CollectOptions,
  { log, signal, run }: Pick<RunContext, 'log' | 'signal' | 'run'>,
): Promise<readonly DownloadedRecord[]> {
  const from = otherRun(other, run);
  const mayBeLate = run.attempt > 1 && (other.runId ?? run.id) === run.id;
  const isEnough = (records: readonly DownloadedRecord[]): boolean =>
    !mayBeLate && isComplete(records);
  try {
    return await downloadRecords({ group, signal, from, isEnough });
  } catch (error) {
    const isOutOfReach = error instanceof OciError && error.code === 'ARTIFACT_SERVICE';
    if (!hasOthers || from !== undefined || !isOutOfReach) throw error;
    log.warning(`only the records in "needs" are read: ${error.message}`);
    return [];
  }
}

function otherRun(
  { runId, token }: Pick<CollectOptions, 'runId' | 'token'>,
  { repository }: RunContext['run'],
): OtherRun | undefined {
  if (runId === undefined) return undefined;
  if (token) return { runId, repository, token };
  throw new InputError([
    {
      input: 'token',
      reason: 'is empty, and the artifacts of another run are not to be had without it',
      hint: 'Leave "token" out, or set it to a token with the permission "actions: read".',
    },
  ]);
}

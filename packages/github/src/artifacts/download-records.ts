import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Artifact, FindOptions } from '@actions/artifact';
import { printCommand } from '../workflow-command.ts';
import { artifactClient, artifactError } from './artifact-client.ts';
import { groupPrefix, isRecordArtifact } from './artifact-name.ts';
import {
  type DownloadedRecord,
  type DownloadWay,
  downloadRecord,
  repositoryOf,
} from './download-record.ts';
import { mapBounded } from './map-bounded.ts';
import { repeat } from './repeat.ts';

export interface DownloadRecordsOptions {
  /** Leaves out what surely belongs to other groups; if that is everything, nothing is left out. */
  readonly group?: string | undefined;
  /** Another run than this one. */
  readonly from?: OtherRun | undefined;
  readonly signal?: AbortSignal | undefined;
  /** False where more may be expected: then the listing, which may be late, is repeated until it shows nothing new. */
  readonly isEnough?: (records: readonly DownloadedRecord[]) => boolean;
}

export interface OtherRun {
  readonly runId: number;
  /** `owner/name`. */
  readonly repository: string;
  /** Needs `actions: read`. */
  readonly token: string;
}

// A job starts seconds after those that it needs, so what is late is late by seconds.
const [mostListings, pause] = [5, 2000];
const downloadsAtOnce = 8;

/** All records that legs of a run stored, of every attempt, in the order of their artifacts' names. */
export async function downloadRecords({
  group,
  from,
  signal,
  isEnough = () => true,
}: DownloadRecordsOptions = {}): Promise<readonly DownloadedRecord[]> {
  const client = await artifactClient(process.env);
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'oci-matrix-'));
  printCommand('group', 'Fetch the records of the legs');
  try {
    const options = from === undefined ? {} : { findBy: findBy(from) };
    const way = { client, folder, options, signal };
    const fetched = new Map<number, DownloadedRecord>();
    for (let listing = 1; ; listing += 1) {
      const artifacts = relevant(await list(way), group).filter(({ id }) => !fetched.has(id));
      await mapBounded(artifacts, downloadsAtOnce, async (artifact) => {
        signal?.throwIfAborted();
        fetched.set(artifact.id, await downloadRecord(artifact, way));
      });
      const records = inOrder(fetched);
      const isSettled = listing > 1 && artifacts.length === 0;
      if (isSettled || listing === mostListings || isEnough(records)) return records;
      await sleep(pause, undefined, signal === undefined ? {} : { signal });
    }
  } finally {
    printCommand('endgroup');
    await rm(folder, { recursive: true, force: true });
  }
}

function findBy({ runId, repository, token }: OtherRun): NonNullable<FindOptions['findBy']> {
  const [repositoryOwner = '', repositoryName = ''] = repository.split('/');
  return { token, workflowRunId: runId, repositoryOwner, repositoryName };
}

async function list({ client, options, signal }: DownloadWay): Promise<readonly Artifact[]> {
  try {
    const { artifacts } = await repeat(
      () => client.listArtifacts({ ...options, latest: false }),
      signal,
    );
    return artifacts.filter(({ name }) => isRecordArtifact(name));
  } catch (error) {
    const run = options.findBy;
    const where = run === undefined ? 'the run' : `run ${run.workflowRunId}`;
    throw artifactError(`the artifacts of ${where} could not be listed`, error, repositoryOf(run));
  }
}

function relevant(artifacts: readonly Artifact[], group: string | undefined): readonly Artifact[] {
  const own = artifacts.filter(
    ({ name }) => group === undefined || name.startsWith(groupPrefix(group)),
  );
  return own.length > 0 ? own : artifacts;
}

const inOrder = (fetched: ReadonlyMap<number, DownloadedRecord>): DownloadedRecord[] =>
  [...fetched]
    .sort(([idA, { artifact: a }], [idB, { artifact: b }]) => (a < b ? -1 : a > b ? 1 : idA - idB))
    .map(([, record]) => record);

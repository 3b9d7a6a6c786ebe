import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact, ArtifactClient, FindOptions } from '@actions/artifact';
import { printCommand } from '../workflow-command.ts';
import { artifactClient, artifactError } from './artifact-client.ts';
import { ArtifactError } from './artifact-error.ts';
import { groupPrefix, isRecordArtifact } from './artifact-name.ts';
import { mapBounded } from './map-bounded.ts';
import { largestRecord, recordFile } from './record-file.ts';

export interface DownloadRecordsOptions {
  /** Leaves out what surely belongs to other groups; if that is everything, nothing is left out. */
  readonly group?: string | undefined;
  /** Another run than this one. */
  readonly from?: OtherRun | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface OtherRun {
  readonly runId: number;
  /** `owner/name`. */
  readonly repository: string;
  /** Needs `actions: read`. */
  readonly token: string;
}

export interface DownloadedRecord {
  /** Name of the artifact, for messages: what the record is says its text alone. */
  readonly artifact: string;
  readonly text: string;
}

/** All records that legs of a run stored, of every attempt, in the order of their artifacts' names. */
export async function downloadRecords({
  group,
  from,
  signal,
}: DownloadRecordsOptions = {}): Promise<readonly DownloadedRecord[]> {
  const client = await artifactClient(process.env);
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'oci-matrix-'));
  printCommand('group', 'Fetch the records of the legs');
  try {
    const options = from === undefined ? {} : { findBy: findBy(from) };
    const artifacts = relevant(await list(client, options), group);
    return await mapBounded(artifacts, 8, async (artifact) => {
      signal?.throwIfAborted();
      return download(client, artifact, join(folder, String(artifact.id)), options);
    });
  } finally {
    printCommand('endgroup');
    await rm(folder, { recursive: true, force: true });
  }
}

function findBy({ runId, repository, token }: OtherRun): NonNullable<FindOptions['findBy']> {
  const [repositoryOwner = '', repositoryName = ''] = repository.split('/');
  return { token, workflowRunId: runId, repositoryOwner, repositoryName };
}

async function list(client: ArtifactClient, options: FindOptions): Promise<readonly Artifact[]> {
  try {
    const { artifacts } = await client.listArtifacts({ ...options, latest: false });
    return artifacts.filter(({ name }) => isRecordArtifact(name));
  } catch (error) {
    throw artifactError('the artifacts of the run could not be listed', error);
  }
}

function relevant(artifacts: readonly Artifact[], group: string | undefined): Artifact[] {
  const own = artifacts.filter(
    ({ name }) => group === undefined || name.startsWith(groupPrefix(group)),
  );
  return [...(own.length > 0 ? own : artifacts)].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id,
  );
}

async function download(
  client: ArtifactClient,
  { id, name, size, digest }: Artifact,
  path: string,
  options: FindOptions,
): Promise<DownloadedRecord> {
  if (size > largestRecord) throw tooLarge(name, size);
  const result = await client
    .downloadArtifact(id, {
      ...options,
      path,
      ...(digest === undefined ? {} : { expectedHash: digest }),
    })
    .catch((error: unknown) => {
      throw artifactError(`artifact "${name}" could not be fetched`, error);
    });
  if (result.digestMismatch) {
    throw new ArtifactError(
      `artifact "${name}" does not have the digest ${digest} it was stored with`,
    );
  }
  return { artifact: name, text: await readRecord(name, join(path, recordFile)) };
}

async function readRecord(name: string, file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) {
    throw new ArtifactError(`artifact "${name}" has no ${recordFile}`, {
      hint: 'Give artifacts that are no records names that do not begin with "oci-matrix-".',
    });
  }
  if (found.size > largestRecord) throw tooLarge(name, found.size);
  return readFile(file, 'utf8');
}

const tooLarge = (name: string, size: number): ArtifactError =>
  new ArtifactError(`artifact "${name}" has ${size} bytes, a record has at most ${largestRecord}`, {
    hint: 'Put less into "outputs" of the leg, or store it as an artifact of its own.',
  });

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { printCommand } from '../workflow-command.ts';
import { artifactClient, artifactError } from './artifact-client.ts';
import { artifactName, type LegAttempt } from './artifact-name.ts';
import { recordFile } from './record-file.ts';
import { mayPass } from './repeat.ts';

export interface UploadRecordOptions extends LegAttempt {
  /** The record's text. */
  readonly json: string;
  /** Days; the repository's default unless given. */
  readonly retentionDays?: number;
  readonly signal?: AbortSignal;
}

/** Where a record is. */
export interface UploadedRecord {
  readonly artifact: string;
  readonly id: number | undefined;
}

/** Stores a leg's record as an artifact of the run. Names are never reused, so a repeat gets a number behind its own. */
export async function uploadRecord(options: UploadRecordOptions): Promise<UploadedRecord> {
  const client = await artifactClient(process.env);
  const folder = await mkdtemp(join(process.env.RUNNER_TEMP || tmpdir(), 'oci-matrix-'));
  printCommand('group', 'Store the record of this leg');
  try {
    const file = join(folder, recordFile);
    await writeFile(file, options.json);
    const { retentionDays } = options;
    return await withFreeName(options, (name) =>
      client.uploadArtifact(
        name,
        [file],
        folder,
        retentionDays === undefined ? {} : { retentionDays },
      ),
    );
  } finally {
    printCommand('endgroup');
    await rm(folder, { recursive: true, force: true });
  }
}

const mostTries = 10;

async function withFreeName(
  { signal, ...leg }: UploadRecordOptions,
  upload: (name: string) => Promise<{ readonly id?: number }>,
): Promise<UploadedRecord> {
  const base = artifactName(leg);
  let lost = 0;
  for (let number = 1; ; number += 1) {
    signal?.throwIfAborted();
    const artifact = number === 1 ? base : `${base}-${number}`;
    try {
      return { artifact, id: (await upload(artifact)).id };
    } catch (error) {
      const taken = isTaken(error);
      if (!taken) lost += 1;
      if (number >= mostTries || lost >= 3 || !(taken || mayPass(error))) {
        throw artifactError(`artifact "${artifact}" could not be stored`, error);
      }
      // An upload that broke off, also one that was refused at its end, may have taken its name: the next one tries another.
      if (!taken) await sleep(1000 * lost, undefined, signal === undefined ? {} : { signal });
    }
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && /\(409\)|already exists/.test(error.message);

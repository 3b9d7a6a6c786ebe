import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact, ArtifactClient, FindOptions } from '@actions/artifact';
import { artifactError } from './artifact-client.ts';
import { ArtifactError } from './artifact-error.ts';
import { largestRecord, recordFile } from './record-file.ts';
import { repeat } from './repeat.ts';
import { zipMember } from './zip-member.ts';

export interface DownloadedRecord {
  /** Name of the artifact, for messages: what the record is says its text alone. */
  readonly artifact: string;
  readonly text: string;
}

export interface DownloadWay {
  readonly client: ArtifactClient;
  /** Where archives lie until they are read. */
  readonly folder: string;
  readonly options: FindOptions;
  readonly signal: AbortSignal | undefined;
}

/** `owner/name` of another run, or undefined for this one. */
export const repositoryOf = (run: FindOptions['findBy']): string | undefined =>
  run === undefined ? undefined : `${run.repositoryOwner}/${run.repositoryName}`;

/** Fetches the record in an artifact. Every error names the artifact. */
export async function downloadRecord(
  artifact: Artifact,
  { client, folder, options, signal }: DownloadWay,
): Promise<DownloadedRecord> {
  const { id, name, size, digest } = artifact;
  if (size > largestRecord) throw tooLarge(name, size);
  const path = join(folder, String(id));
  const fetch = async (): Promise<Buffer> => {
    await rm(path, { recursive: true, force: true });
    await mkdir(path);
    // As it is: the client's own unpacking follows paths out of the folder.
    const { digestMismatch } = await client.downloadArtifact(id, {
      ...{ ...options, path, skipDecompress: true },
      ...(digest === undefined ? {} : { expectedHash: digest }),
    });
    if (digestMismatch) throw changed(name, digest);
    const [file = ''] = await readdir(path);
    return readFile(join(path, file));
  };
  const archive = await repeat(fetch, signal).catch((error: unknown) => {
    throw artifactError(
      `artifact "${name}" could not be fetched`,
      error,
      repositoryOf(options.findBy),
    );
  });
  return { artifact: name, text: readRecord(name, archive) };
}

function readRecord(name: string, archive: Buffer): string {
  try {
    const content = zipMember(archive, recordFile, largestRecord);
    if (content !== undefined) return content.toString();
  } catch (cause) {
    if (isTooLarge(cause)) throw tooLarge(name, undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ArtifactError(`artifact "${name}" cannot be read: ${reason}`, {
      cause,
      hint: 'Run the leg again that stored it; if that does not help, report it.',
    });
  }
  throw new ArtifactError(`artifact "${name}" has no ${recordFile}`, {
    hint: 'Give artifacts that are no records names that do not begin with "oci-matrix-".',
  });
}

// Ours, and zlib's, which has met its limit.
const isTooLarge = (error: unknown): boolean => error instanceof RangeError;

const changed = (name: string, digest: string | undefined): ArtifactError =>
  new ArtifactError(`artifact "${name}" does not have the digest ${digest} it was stored with`);

const tooLarge = (name: string, size: number | undefined): ArtifactError =>
  new ArtifactError(
    `artifact "${name}" has ${size === undefined ? 'a record with more' : `${size} bytes, more`} than the ${largestRecord} bytes that a record may have`,
    { hint: 'Put less into "outputs" of the leg, or store it as an artifact of its own.' },
  );

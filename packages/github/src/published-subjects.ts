import { appendFile, readFile } from 'node:fs/promises';
import type { RunContext } from './run-context.ts';

interface PublishedWhere {
  readonly digest: string;
  readonly dryRun: boolean;
  readonly images: readonly { readonly image: string; readonly failure?: string | undefined }[];
}

// https://github.com/actions/runner/blob/v2.336.0/src/Runner.Worker/CreateArtifactsFileCommand.cs
const mostSubjects = 500;

/**
 * Tells the runner which indexes this step published, where it offers a file for it: actions/attest then needs no inputs, and
 * attests what the tags name. The runner fails a step that names another digest for a name of an earlier one, so such a name is left out.
 */
export async function announcePublished(
  { digest, dryRun, images }: PublishedWhere,
  { env, log }: Pick<RunContext, 'env' | 'log'>,
): Promise<void> {
  const file = env.GITHUB_ARTIFACTS;
  if (!file || dryRun) return;
  try {
    const known = await subjectNames(env.GITHUB_ARTIFACTS_LIST);
    const names = images.filter(({ failure }) => failure === undefined).map(({ image }) => image);
    const fresh = names.filter((name) => !known.has(name)).slice(0, mostSubjects - known.size);
    await appendFile(file, fresh.map((name) => `oci://${name}@${digest}\n`).join(''));
    for (const name of names.filter((other) => !fresh.includes(other))) {
      log.info(
        `${name} is not named among the artifacts of this job: an earlier step named it, or there are ${mostSubjects}`,
      );
    }
  } catch (error) {
    log.info(
      `the artifacts of the job could not be named: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** What earlier steps of the job named. */
async function subjectNames(file: string | undefined): Promise<ReadonlySet<string>> {
  const text = file ? await readFile(file, 'utf8').catch(() => '') : '';
  const list: unknown = text.trim() === '' ? {} : JSON.parse(text);
  const subjects = isObject(list) && Array.isArray(list.subjects) ? list.subjects : [];
  return new Set(subjects.map((subject: unknown) => (isObject(subject) ? `${subject.name}` : '')));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

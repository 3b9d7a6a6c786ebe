import type { ArtifactClient } from '@actions/artifact';
import { expression } from '../expression.ts';
import { ArtifactError } from './artifact-error.ts';
import { statusOf } from './repeat.ts';

const viaOutputs = `Set "record" to "output", make it an output of the legs' job, and give the fan-in "needs: ${expression('toJSON(needs)')}".`;

/** GitHub's own client; throws `ArtifactError` where there is no service for it. */
export async function artifactClient(env: NodeJS.ProcessEnv): Promise<ArtifactClient> {
  const missing = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'].filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ArtifactError(`the artifact service is out of reach: ${missing.join(', ')} not set`, {
      hint: 'Run it by "uses:" in a workflow: the runner gives the artifact service to actions, and not to "run:" steps or shells.',
    });
  }
  // Of another run the client lists no more than this, and leaves out the rest: with 256 legs and some attempts, records.
  env.ACTIONS_ARTIFACT_MAX_ARTIFACT_COUNT ??= '100000';
  // It takes as long to load as all the rest: only who moves records should pay.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

/** Wraps what the client throws. `from` is the run that was asked, where it is another one. */
export function artifactError(doing: string, cause: unknown, from?: string): ArtifactError {
  if (cause instanceof ArtifactError) return cause;
  const error = cause instanceof Error ? cause : new Error(String(cause));
  if (error.name === 'GHESNotSupportedError') {
    return new ArtifactError(`${doing}: GitHub Enterprise Server has no such artifact service`, {
      cause,
      hint: viaOutputs,
    });
  }
  return new ArtifactError(`${doing}: ${error.message}`, { cause, hint: hintFor(error, from) });
}

function hintFor(error: Error, from: string | undefined): string | undefined {
  const status = statusOf(error) ?? 0;
  if (from !== undefined && [401, 403, 404].includes(status)) {
    return `Add "permissions: actions: read" to the job, and check that "run-id" is a run of ${from} that is not older than its artifacts may be.`;
  }
  if (error.name === 'UsageError') {
    return `Delete artifacts that nobody needs, or raise the limit. Or do without: ${viaOutputs}`;
  }
  if (status === 409) {
    return 'Give each step that hands over a record its own "leg", or run the job again: another attempt has other names.';
  }
  if (status === 403 || status === 429) {
    return `Run the failed job again in some minutes: GitHub's service turns requests away when it is busy. If it stays: ${viaOutputs}`;
  }
  return undefined;
}

import type { ArtifactClient } from '@actions/artifact';
import { expression } from '../expression.ts';
import { ArtifactError } from './artifact-error.ts';

const viaOutputs = `Set "record" to "output", make it an output of the legs' job, and give the fan-in "needs: ${expression('toJSON(needs)')}".`;

/** GitHub's own client; throws `ArtifactError` where there is no service for it. */
export async function artifactClient(env: NodeJS.ProcessEnv): Promise<ArtifactClient> {
  const missing = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'].filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new ArtifactError(`the artifact service is out of reach: ${missing.join(', ')} not set`, {
      hint: 'Run it by "uses:" in a workflow: the runner gives the artifact service to actions, and not to "run:" steps or shells.',
    });
  }
  // It takes as long to load as all the rest: only who moves records should pay.
  const { DefaultArtifactClient } = await import('@actions/artifact');
  return new DefaultArtifactClient();
}

/** Wraps what the client throws. */
export function artifactError(doing: string, cause: unknown): ArtifactError {
  const [name, reason] = cause instanceof Error ? [cause.name, cause.message] : ['', String(cause)];
  if (name === 'GHESNotSupportedError') {
    return new ArtifactError(`${doing}: GitHub Enterprise Server has no such artifact service`, {
      cause,
      hint: viaOutputs,
    });
  }
  return new ArtifactError(`${doing}: ${reason}`, { cause });
}

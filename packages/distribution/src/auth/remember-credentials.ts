import type { Credential, Credentials } from '../credentials/credential.ts';
import type { Clock } from '../retry/clock.ts';
import type { Scope } from './scope.ts';

/** The credential for requests of these scopes; the first scope is that of the request's own repository. */
export type CredentialOf = (scopes: readonly Scope[]) => Promise<Credential | undefined>;

/** How long, in milliseconds, nobody is asked again who had no answer: a credential helper, or a token server. */
export const refusalLife = 10_000;

/** Asks once for each repository of a registry, and after a failure not at once again: a credential helper is a process. */
export function rememberCredentials(
  credentials: Credentials,
  registry: string,
  clock: Clock,
): CredentialOf {
  const known = new Map<string, { asked: Promise<Credential | undefined>; until: number }>();
  return (scopes) => {
    const repository = scopes[0]?.repository ?? '';
    const found = known.get(repository);
    if (found !== undefined && clock.now() < found.until) return found.asked;
    const asked = credentials(registry, repository || undefined);
    const entry = { asked, until: Number.POSITIVE_INFINITY };
    known.set(repository, entry);
    asked.catch(() => {
      entry.until = clock.now() + refusalLife;
    });
    return asked;
  };
}

import type { Credential, Credentials } from '../credentials/credential.ts';
import type { Scope } from './scope.ts';

/** The credential for requests of these scopes; the first scope is that of the request's own repository. */
export type CredentialOf = (scopes: readonly Scope[]) => Promise<Credential | undefined>;

/** Asks once for each repository of a registry, and again only after a failure: a credential helper is a process. */
export function rememberCredentials(credentials: Credentials, registry: string): CredentialOf {
  const known = new Map<string, Promise<Credential | undefined>>();
  return (scopes) => {
    const repository = scopes[0]?.repository ?? '';
    const found = known.get(repository);
    if (found !== undefined) return found;
    const asked = credentials(registry, repository || undefined);
    known.set(repository, asked);
    asked.catch(() => known.delete(repository));
    return asked;
  };
}

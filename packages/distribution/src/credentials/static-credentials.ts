import { type Credential, type Credentials, canonicalRegistry } from './credential.ts';

/** One credential, for one registry alone. */
export function staticCredentials({
  registry,
  credential,
}: {
  readonly registry: string;
  readonly credential: Credential;
}): Credentials {
  const own = canonicalRegistry(registry);
  return async (asked) => (canonicalRegistry(asked) === own ? credential : undefined);
}

/** Asks one after the other, and gives what the first of them has. */
export function firstCredentials(...providers: readonly Credentials[]): Credentials {
  return async (registry, repository) => {
    for (const provider of providers) {
      const credential = await provider(registry, repository);
      if (credential !== undefined) return credential;
    }
    return undefined;
  };
}

/** What a registry knows its users by. */
export type Credential =
  | { readonly username: string; readonly password: string }
  /** A refresh token: exchanged for short-lived tokens by OAuth 2. */
  | { readonly identityToken: string }
  /** Sent as `Authorization: Bearer` as it is. */
  | { readonly registryToken: string };

/** Finds the credential for a registry, and for one repository of it where those differ; undefined if there is none. */
export type Credentials = (
  registry: string,
  repository?: string,
) => Promise<Credential | undefined>;

/** `docker.io` for each of the names that Docker Hub goes by, anything else as it is. */
export const canonicalRegistry = (host: string): string => {
  const lower = host.toLowerCase();
  return lower === 'index.docker.io' || lower === 'registry-1.docker.io' ? 'docker.io' : lower;
};

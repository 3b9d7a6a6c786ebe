/** A registry that runs as its own process on loopback; disposing of it ends it and removes what it stored. */
export interface Server extends AsyncDisposable {
  /** `127.0.0.1:PORT`, the registry's name in references. */
  readonly host: string;
}

/** Who may use a registry: everybody, or those alone who know the login, said with each request or to a token server. */
export type Access = 'anonymous' | 'basic' | 'token';

/** The one login that is known where not everybody may do everything. */
export const login = { username: 'octo', password: 'correct horse' } as const;

/** The bcrypt hash of its password: the servers' files take no other kind. */
export const passwordHash = '$2b$04$tCZe4lLMxQp.Yyx3hdDi3ei1aholAXDxNsJZjxCl5pdFqsrxt/77O';

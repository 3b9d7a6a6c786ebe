import type { RepositoryName } from '@oci-matrix/oci';
import type { Scope } from './auth/scope.ts';
import type { Routes } from './endpoint/routes.ts';
import type { Registry } from './registry.ts';

/** What the verbs of one repository work with. */
export interface RepositoryContext {
  readonly name: RepositoryName;
  readonly registry: Registry;
  readonly routes: Routes;
  readonly scopes: {
    readonly pull: readonly Scope[];
    readonly push: readonly Scope[];
    readonly delete: readonly Scope[];
  };
}

/** What every verb takes. */
export interface CallOptions {
  /** Ends the call with the signal's reason; the client's own signal does so too. */
  readonly signal?: AbortSignal | undefined;
}

/** The scopes of a repository. Some registries ask for everything before they let anything be deleted. */
export const scopesOf = (repository: string): RepositoryContext['scopes'] => ({
  pull: [{ repository, actions: ['pull'] }],
  push: [{ repository, actions: ['pull', 'push'] }],
  delete: [{ repository, actions: ['pull', 'push', 'delete'] }],
});

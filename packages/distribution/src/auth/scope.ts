export type Action = 'pull' | 'push' | 'delete';

/** What a token may do in one repository: https://distribution.github.io/distribution/spec/auth/scope/ */
export interface Scope {
  readonly repository: string;
  readonly actions: readonly Action[];
}

const order: readonly Action[] = ['pull', 'push', 'delete'];
const pattern = /^repository:([a-z0-9][a-z0-9._/-]{0,254}):([a-z,]+)$/;

/** One scope for each repository, with the actions of all. */
export function mergeScopes(scopes: readonly Scope[]): Scope[] {
  const actions = new Map<string, Set<Action>>();
  for (const scope of scopes) {
    const merged = actions.get(scope.repository) ?? new Set();
    for (const action of scope.actions) merged.add(action);
    actions.set(scope.repository, merged);
  }
  return [...actions].map(([repository, set]) => ({
    repository,
    actions: order.filter((action) => set.has(action)),
  }));
}

/** As a token server reads them. A few look at the first alone, so that what is written to comes first. */
export function formatScopes(scopes: readonly Scope[]): string[] {
  const texts = mergeScopes(scopes).map(
    ({ repository, actions }) => `repository:${repository}:${actions.join(',')}`,
  );
  const writes = (text: string): number => (text.endsWith(':pull') ? 1 : 0);
  return texts.sort((a, b) => writes(a) - writes(b) || (a < b ? -1 : 1));
}

/** The scopes that a challenge names; what is none of a repository is left out. */
export function parseScopes(text: string | undefined): Scope[] {
  return (text ?? '').split(/\s+/).flatMap((part) => {
    const [, repository, list = ''] = pattern.exec(part) ?? [];
    const actions = order.filter((action) => list.split(',').includes(action));
    return repository === undefined || actions.length === 0 ? [] : [{ repository, actions }];
  });
}

/** True if whoever may do `granted` may do `wanted`. */
export const coversScopes = (granted: readonly Scope[], wanted: readonly Scope[]): boolean =>
  wanted.every(({ repository, actions }) =>
    granted.some(
      (scope) =>
        scope.repository === repository &&
        actions.every((action) => scope.actions.includes(action)),
    ),
  );

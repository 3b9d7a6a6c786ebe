/** The repository whose actions and workflows the checkout stands for, at any ref. */
export const ownRepository = 'oci-matrix/oci-matrix';

/**
 * The path in the checkout of something that `uses:` names: `./x` and `$/x`, and a path in our own
 * repository at any ref. The empty string is its root; undefined is another repository.
 */
export function repositoryPath(ref: string): string | undefined {
  if (ref.startsWith('./') || ref.startsWith('$/')) {
    return ref.slice(2);
  }
  const [path = '', version = ''] = ref.split('@');
  const isOwn = path === ownRepository || path.startsWith(`${ownRepository}/`);
  return isOwn && version !== '' ? path.slice(ownRepository.length + 1) : undefined;
}

/** Whether an action is read from the workspace, where a checkout must have put it. */
export const isWorkspaceRef = (ref: string): boolean => ref.startsWith('./');

/** Whether an action is the one that this runner stands in for. */
export const isCheckout = (ref: string): boolean => ref.startsWith('actions/checkout@');

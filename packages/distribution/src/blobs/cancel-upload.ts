import { RegistryError } from '../error/registry-error.ts';
import type { RepositoryContext } from '../repository-context.ts';

/** Tells the registry to forget a session. Best effort: what fails here failed before. */
export async function cancelUpload(
  { registry, scopes }: RepositoryContext,
  url: URL,
): Promise<void> {
  const { learned } = registry;
  if (learned.cancels === false) return;
  const signal = AbortSignal.timeout(2000);
  try {
    const reply = await registry.once({
      kind: 'upload-cancel',
      method: 'DELETE',
      url,
      scopes: scopes.push,
      signal,
      expect: [200, 202, 204],
    });
    await reply.discard();
  } catch (error) {
    // Some registries forget sessions by themselves alone, as ghcr.io.
    if (error instanceof RegistryError && error.status === 405) learned.cancels = false;
  }
}

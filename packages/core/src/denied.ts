import { RegistryError, type Repository } from '@oci-matrix/distribution';

/** True of a refusal that may mean "not there", as on virtual repositories of Artifactory: https://github.com/google/go-containerregistry/pull/1691 */
export const isDenied = (error: unknown): boolean =>
  error instanceof RegistryError && error.status === 403;

async function mayBeListed(tags: Repository['tags'], tag: string): Promise<boolean> {
  try {
    for await (const listed of tags.list()) if (listed === tag) return true;
    return false;
  } catch {
    return true;
  }
}

/** What a tag names; where that is denied, nothing, if the tags can be listed and it is not among them. */
export async function unlessUnlisted<T>(
  { tags }: Repository,
  tag: string,
  asked: Promise<T>,
): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!isDenied(error) || (await mayBeListed(tags, tag))) throw error;
    return undefined;
  }
}

import type { FetchedManifest, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest, RepositoryName } from '@oci-matrix/oci';
import { bringChildren } from '../bring-children.ts';
import { unlessUnlisted } from '../denied.ts';
import type { IndexBytes } from '../index-bytes.ts';
import { type MovedTag, moveTags, planTags } from '../move-tags.ts';
import { type CurrentIndex, readCurrent } from '../read-current.ts';

/** What converging needs of a registry, and no more: a model of one can be as small. */
export interface TagStore {
  readonly name: RepositoryName;
  /** In any order, page by page. */
  listTags(): AsyncIterable<string>;
  /** What the tag of an intent names; undefined only where the registry says that it is not there. */
  fetch(tag: string): Promise<FetchedManifest | undefined>;
  /** What the tag of an index names; without a digest only where the registry says that it is not there. */
  current(tag: string): Promise<CurrentIndex>;
  has(digest: Digest): Promise<boolean>;
  /** Makes sure that all of these manifests are there. Throws `CHILD_MISSING` where that cannot be. */
  bring(children: readonly Descriptor[]): Promise<void>;
  /** Says which tags have to move to a digest; what the first one names is known. */
  plan(tags: readonly string[], first: Digest | undefined, digest: Digest): Promise<MovedTag[]>;
  move(index: IndexBytes, moving: readonly MovedTag[]): Promise<void>;
}

/** A store in a repository; what it lacks is copied from the sources. */
export const storeOf = (repository: Repository, sources: readonly Repository[] = []): TagStore => ({
  name: repository.name,
  listTags: () => repository.tags.list(),
  fetch: (tag) => unlessUnlisted(repository, tag, repository.manifests.fetch(tag)),
  current: (tag) => readCurrent(repository, tag),
  has: async (digest) => {
    const found = unlessUnlisted(repository, digest, repository.manifests.resolve(digest));
    return (await found) !== undefined;
  },
  bring: (children) => bringChildren(repository, children, sources),
  plan: (tags, first, digest) => planTags(repository, tags, first, digest),
  move: (index, moving) => moveTags(repository, index, moving),
});

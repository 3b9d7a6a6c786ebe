import type { RepositoryName } from '@oci-matrix/oci';
import { type Blobs, createBlobs } from './blobs/blobs.ts';
import { createRoutes } from './endpoint/routes.ts';
import { createManifests, type Manifests } from './manifests/manifests.ts';
import { createReferrers, type Referrers } from './referrers/referrers.ts';
import type { Registry } from './registry.ts';
import { type CallOptions, type RepositoryContext, scopesOf } from './repository-context.ts';
import { listTags } from './tags/list-tags.ts';

/** One repository of a registry. */
export interface Repository {
  readonly name: RepositoryName;
  readonly blobs: Blobs;
  readonly manifests: Manifests;
  readonly tags: {
    /** Lazily, page by page; nothing if there is no such repository. */
    list(options?: CallOptions): AsyncIterable<string>;
  };
  readonly referrers: Referrers;
}

export interface RepositoryOptions {
  /** True for who is going to write: the first token then allows it, and no second one is asked for; false unless given. */
  readonly writes?: boolean;
}

export function createRepository(
  registry: Registry,
  name: RepositoryName,
  { writes = false }: RepositoryOptions = {},
): Repository {
  const scopes = scopesOf(name.repository);
  const context: RepositoryContext = {
    name,
    registry,
    routes: createRoutes(registry.origin, name),
    scopes: writes ? { ...scopes, pull: scopes.push } : scopes,
  };
  return {
    name,
    blobs: createBlobs(context),
    manifests: createManifests(context),
    tags: { list: (options) => listTags(context, options) },
    referrers: createReferrers(context),
  };
}

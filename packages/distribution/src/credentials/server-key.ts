import { canonicalRegistry } from './credential.ts';

/** What a key of a configuration file stands for: a host, and with podman a part of the repositories on it. */
export interface ServerKey {
  readonly registry: string;
  /** Empty for all of the registry. */
  readonly namespace: string;
}

/** Reads `host`, `host:port`, `https://host/v1/` and `host/namespace`. */
export function parseServerKey(key: string): ServerKey {
  const [host = '', ...path] = key.replace(/^https?:\/\//i, '').split('/');
  const namespace = path.filter((part) => part !== '').join('/');
  const isVersion = namespace === 'v1' || namespace === 'v2';
  return { registry: canonicalRegistry(host), namespace: isVersion ? '' : namespace };
}

/** The entry whose key matches the registry and most of the repository. Hosts are compared whole: a part of a name is another host. */
export function findByServer<T>(
  entries: Readonly<Record<string, T>>,
  registry: string,
  repository: string,
): { readonly key: string; readonly value: T } | undefined {
  const own = canonicalRegistry(registry);
  const matching = Object.entries(entries)
    .map(([key, value]) => ({ key, value, server: parseServerKey(key) }))
    .filter(
      ({ server }) =>
        server.registry === own &&
        (server.namespace === '' || `${repository}/`.startsWith(`${server.namespace}/`)),
    );
  return matching.sort((a, b) => b.server.namespace.length - a.server.namespace.length)[0];
}

/** The name that helpers know a registry by: Docker Hub's is that of its first login server. */
export const helperServer = (registry: string): string =>
  canonicalRegistry(registry) === 'docker.io' ? 'https://index.docker.io/v1/' : registry;

import { randomBytes } from 'node:crypto';
import { createAuthority } from './authorization.ts';
import { completeCapabilities } from './capabilities.ts';
import type { Profile } from './profiles/profile.ts';
import { profiles } from './profiles/profiles.ts';
import type { RegistryOptions } from './registry.ts';
import type { State } from './state.ts';
import type { Storage } from './storage.ts';
import type { TagMemory } from './tag-table.ts';

/** Makes what a registry is before anybody asks it. */
export function createState(
  { profile, repositories = [], ...given }: Omit<RegistryOptions, 'port' | 'storage'>,
  openStorage: (memory: TagMemory) => Storage,
  now = () => performance.now(),
): State {
  const usual: Profile = profile === undefined ? open : profiles[profile];
  const capabilities = completeCapabilities({ ...usual.capabilities, ...given.capabilities });
  const { staleTagReads, staleTagLists } = capabilities;
  const signature = randomBytes(24).toString('base64url');
  const span = Math.max(staleTagReads, staleTagLists);
  const storage = openStorage({ span, now });
  for (const name of repositories) storage.open(name);
  return {
    capabilities,
    storage,
    authority: createAuthority(given.auth ?? usual.auth),
    uploads: new Map(),
    counts: { blobsUploaded: 0, blobsMounted: 0 },
    external: { origin: '', registryOrigin: '', signature },
  };
}

const open: Profile = { auth: { kind: 'none' }, capabilities: {} };

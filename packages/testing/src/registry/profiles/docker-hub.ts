import type { Profile } from './profile.ts';

/** Docker Hub, as it was when its referrers were lost: what it does today must be probed (facts §1.7). */
export const dockerHub: Profile = {
  auth: {
    kind: 'bearer', // unverified
    username: 'ada',
    password: 'secret',
    pull: 'anonymous', // facts §1.7: a pull limit by IP address
    service: 'registry.docker.io', // unverified
  },
  capabilities: {
    referrers: false, // docker/hub-feedback#2372; cosign#4641 saw referrers there in 2026-01
    subjectHeader: true, // docker/hub-feedback#2372
    mount: true, // facts §1.7: within the registry
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
  },
};

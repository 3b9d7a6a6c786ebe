import type { Profile } from './profile.ts';

/** GitLab's container registry. */
export const gitlab: Profile = {
  auth: {
    kind: 'bearer', // facts §1.7: a JWT
    username: 'ada',
    password: 'secret',
    expiresIn: 300, // facts §1.7: 5 min by default
    service: 'container_registry', // unverified
  },
  capabilities: {
    referrers: false, // facts §1.7: 404
    mount: true, // facts §1.7; skopeo#1323 met a 401
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
    digestTags: true, // oras-go#1396
  },
};

import type { Profile } from './profile.ts';

/** The CNCF's distribution, also known as docker-registry: 2.8.2 and 3.1.1, measured (facts §7), with deletion switched on. */
export const distribution: Profile = {
  auth: { kind: 'none' }, // facts §7: unless its configuration says otherwise
  capabilities: {
    referrers: false, // facts §7
    mount: true, // facts §7
    anonymousMount: false, // facts §7
    singlePost: false, // facts §7: 202
    multiTag: false, // facts §7: 201 without OCI-Tag
    sha512: false, // facts §7
    checkManifestContent: true, // facts §7: 400 to an index with a missing child
    requireSubject: true, // facts §7
    conditionalPut: false, // facts §7: If-None-Match is ignored
    strictAccept: true, // 2.8 does so for OCI types; unverified
  },
};

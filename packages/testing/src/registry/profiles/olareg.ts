import type { Profile } from './profile.ts';

/** olareg 0.2.2, measured (facts §7), with deletion switched on. */
export const olareg: Profile = {
  auth: { kind: 'none' }, // facts §7: unless --auth-basic or --auth-token-opaque is given
  capabilities: {
    referrers: true, // facts §7
    mount: true, // facts §7
    anonymousMount: false, // facts §7: 202
    singlePost: true, // facts §7: 201
    multiTag: true, // facts §7: OCI-Tag for each
    sha512: true, // facts §7
    checkManifestContent: true, // facts §7: 400 to an index with a missing child
    requireSubject: false, // facts §7
    conditionalPut: false, // facts §7: If-None-Match is ignored
  },
};

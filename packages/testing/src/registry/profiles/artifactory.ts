import type { Profile } from './profile.ts';

/** JFrog Artifactory. */
export const artifactory: Profile = {
  auth: {
    kind: 'bearer', // unverified
    username: 'ada',
    password: 'secret',
    passwordGrantStatus: 401, // facts §1.5
  },
  capabilities: {
    referrers: true, // facts §1.7
    mount: false, // facts §1.7: 202 to every mount
    singlePost: true, // rust-oci-client#205: needed by users who may not delete
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
    denyAbsent: true, // facts §1.7, RTFACT-13797
    // facts §1.7, docs/registry-support.md of rules_img: there only once a manifest refers to the blob.
    crossRepositoryBlobs: true,
  },
};

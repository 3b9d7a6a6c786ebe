import type { Profile } from './profile.ts';

/** Google Artifact Registry. */
export const gar: Profile = {
  auth: {
    kind: 'bearer', // unverified
    username: 'oauth2accesstoken', // facts §1.5
    password: 'secret',
    passwordGrantStatus: 404, // facts §1.5, of its forerunner GCR
  },
  capabilities: {
    referrers: true, // facts §1.7
    mount: true, // facts §1.7
    chunks: false, // sdk-container-builds#287, kitops#777; the status is unverified
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
  },
};

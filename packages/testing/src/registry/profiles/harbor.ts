import type { Profile } from './profile.ts';

/** Harbor 2.9 and later. */
export const harbor: Profile = {
  auth: {
    kind: 'bearer', // unverified
    username: 'ada',
    password: 'secret',
    service: 'harbor-registry', // unverified
  },
  capabilities: {
    referrers: true, // facts §1.7: with OCI-Subject
    mount: true, // facts §1.7: with `from`
    singlePost: false, // facts §1.7
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified; distribution, which it builds on, refuses it: facts §7
    immutableTagStatus: 412, // facts §1.7
    immutableTagCode: 'PRECONDITION', // unverified
  },
};

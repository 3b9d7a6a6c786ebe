import type { Profile } from './profile.ts';

/** GitHub's ghcr.io. */
export const ghcr: Profile = {
  auth: {
    kind: 'bearer', // facts §1.5: /token?service=ghcr.io&scope=…
    username: 'octocat', // any name goes with a GITHUB_TOKEN, facts §1.5
    password: 'secret',
    pull: 'anonymous', // of public packages; unverified
    service: 'ghcr.io', // facts §1.5
    direct: true, // argocd-image-updater#303, updatecli#245
    tokenField: 'token', // unverified
  },
  capabilities: {
    referrers: false, // facts §1.7: 404, confirmed 2026-09
    mount: true, // unverified
    chunkMax: 4 * 1024 * 1024, // rust-oci-client#35, #37, wash-archive#268, ocx#237
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
    staleTagReads: 5000, // NVIDIA/nodewright-packages#132: 5 s after a PUT
    commitTime: 16, // jib#4301: up to 11 s for 700 MB
  },
};

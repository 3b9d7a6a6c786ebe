import type { Profile } from './profile.ts';

/** Azure Container Registry. */
export const acr: Profile = {
  auth: {
    kind: 'bearer', // facts §1.5: /oauth2/token
    username: '00000000-0000-0000-0000-000000000000', // facts §1.5, with a refresh token as its password
    password: 'secret',
    expiresIn: 3600, // facts §1.5: about 1 h
    tokenField: 'access_token', // https://azure.github.io/acr/AAD-OAuth.html
    passwordGrantStatus: 400, // facts §1.5
  },
  capabilities: {
    referrers: true, // unverified
    mount: true, // unverified
    // A chunk must write its range as the specification does, and here any chunk must: sdk-container-builds#258.
    chunks: true,
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
  },
};

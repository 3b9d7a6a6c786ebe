import type { Profile } from './profile.ts';

/** Amazon ECR. A test names its repositories, since a push makes none. */
export const ecr: Profile = {
  auth: {
    kind: 'basic', // facts §1.5: AWS and what GetAuthorizationToken gives, for 12 h
    username: 'AWS',
    password: 'secret',
  },
  capabilities: {
    referrers: true, // documented; that its header lies is reported too: facts §1.7
    mount: false, // an account opts in by BLOB_MOUNTING: containers-roadmap#2860
    patchStatus: 201, // tart#159, sdk-container-builds#424
    laterChunks: false, // containers-roadmap#2831, tart#273
    singlePost: false, // unverified
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
    createRepositories: false, // facts §1.7; sdk-container-builds#279 saw it drop the connection instead
    repeatImmutable: false, // containers-roadmap#2179, #2380
    immutableTagStatus: 400, // facts §1.7
    immutableTagCode: 'ImageTagAlreadyExistsException', // containers-roadmap#2179; moby/buildkit#3776 shows TAG_INVALID
  },
};

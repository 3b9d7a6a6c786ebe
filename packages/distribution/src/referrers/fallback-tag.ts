import { algorithmOf, type Digest, encodedOf } from '@oci-matrix/oci';

/** Where the referrers are without an API for them: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema */
export const fallbackTag = (subject: Digest): string =>
  `${algorithmOf(subject)}-${encodedOf(subject).slice(0, 64)}`;

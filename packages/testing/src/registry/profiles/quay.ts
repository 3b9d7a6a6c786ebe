import { mediaTypes } from '@oci-matrix/oci';
import type { Profile } from './profile.ts';

/** Quay, with its general support for OCI artifacts off. */
export const quay: Profile = {
  auth: {
    kind: 'bearer', // unverified
    username: 'ada',
    password: 'secret',
    pull: 'anonymous', // of public repositories; unverified
  },
  capabilities: {
    referrers: true, // facts §1.7: FEATURE_REFERRERS_API
    mount: true, // facts §1.7
    anonymousMount: false, // facts §1.7: without `from` it falls back to 202
    singlePost: true, // facts §1.7, endpoints/v2/blob.py
    multiTag: false, // facts §1.1: zot and olareg alone have it
    sha512: false, // unverified
    // facts §1.7: image/oci/__init__.py and ALLOWED_OCI_ARTIFACT_TYPES
    contentTypes: [
      mediaTypes.imageConfig,
      mediaTypes.imageLayer,
      mediaTypes.imageLayerGzip,
      mediaTypes.imageLayerZstd,
      // Docker's manifests go in, too; unverified in this detail.
      mediaTypes.dockerConfig,
      mediaTypes.dockerLayerGzip,
    ],
  },
};

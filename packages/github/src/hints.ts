import type { ErrorCode } from './error-code.ts';
import type { HintSubject } from './hint-subject.ts';

/** Says what to do about an error, in a workflow on GitHub. */
export type Hint = (error: HintSubject) => string;

// The thrower knows the values, so its own hint is better than a general one.
const own =
  (fallback: string): Hint =>
  ({ hint }) =>
    hint ?? fallback;

const onGitHub =
  (github: string, elsewhere: string): Hint =>
  ({ host, hint }) =>
    host === 'ghcr.io' ? github : (hint ?? elsewhere);

const again = 'Run the failed job again; what is already in the registry is not sent twice.';
const reportIt =
  'Report it at https://github.com/oci-matrix/oci-matrix/issues, with the log of a run with debug logging.';
const registryBug =
  'Run the job again; if it stays, the registry or a proxy before it breaks the specification: report it to its operator.';
const inputFix = 'Correct the value in the "with:" of the step.';

/** A hint for every code there is. */
export const hints: Readonly<Record<ErrorCode, Hint>> = {
  BLOB_UNKNOWN: own(again),
  BLOB_UPLOAD_INVALID: own(again),
  BLOB_UPLOAD_UNKNOWN: own(again),
  DIGEST_INVALID: own(again),
  MANIFEST_BLOB_UNKNOWN: own(
    'Push the blobs to this very repository first: push-manifest with "files" does, and then run the job again.',
  ),
  MANIFEST_INVALID: own(
    'Look at what the registry says about the manifest; many take fewer media types than the specification allows.',
  ),
  MANIFEST_UNKNOWN: own(
    'Check the digest or tag, and that the step which pushes it ran before, in this job or in one that "needs:" names.',
  ),
  NAME_INVALID: own('Write "image" in lower case, as registry/repository, and without a tag.'),
  NAME_UNKNOWN: own(
    'Create the repository at the registry first: many make it at the first push, some (as ECR) do not.',
  ),
  SIZE_INVALID: own(again),
  UNAUTHORIZED: onGitHub(
    'Add "permissions: packages: write" to the job, or "packages: read" where it only reads.',
    'Set "username" and "password", or log in to the registry in a step before this one.',
  ),
  DENIED: onGitHub(
    'Add "permissions: packages: write" to the job, and check in the settings of the package that "Manage Actions access" lists this repository with the role Write.',
    'Give the account that is logged in the right to push to this repository.',
  ),
  UNSUPPORTED: own(
    'Look up whether the registry supports this; a pull-through cache takes no push.',
  ),
  TOOMANYREQUESTS: own(
    'Lower "concurrency" or "max-parallel" of the matrix, and log in: most registries allow more to users they know.',
  ),
  INVALID_DIGEST: own('Write it as "sha256:" and 64 lowercase hex digits.'),
  INVALID_REFERENCE: own('Write "image" as registry/repository, e.g. ghcr.io/acme/app.'),
  INVALID_PLATFORM: own('Write it as os/architecture or os/architecture/variant.'),
  INVALID_MANIFEST: own('Build it again with a tool that follows image-spec v1.1.'),
  NO_CREDENTIALS: onGitHub(
    `Add "permissions: packages: write" to the job; "token" is \${{ github.token }} unless you set it.`,
    'Set "username" and "password", or log in to the registry in a step before this one.',
  ),
  TOKEN_REFUSED: onGitHub(
    'Add "permissions: packages: write" to the job; a run from a fork has a read-only token: use "dry-run" there.',
    'Check "username" and "password": secrets are empty in runs from forks, and tokens expire.',
  ),
  CHALLENGE_UNSUPPORTED: own('Use a registry that takes Bearer or Basic authentication.'),
  TRANSPORT: own(
    'Check the host in "image", and that the runner reaches it; if it does, run the job again.',
  ),
  TIMEOUT: own('Raise "timeout-minutes", or find out from the log what took so long.'),
  DIGEST_MISMATCH: own(registryBug),
  SIZE_MISMATCH: own(registryBug),
  TRUNCATED: own(again),
  PROTOCOL: own(registryBug),
  LEG_MISSING: own(
    `Look at the legs named above and run the failed jobs again; where the fan-in has "if: \${{ !cancelled() }}", give it "needs: \${{ toJSON(needs) }}" too.`,
  ),
  LEG_DUPLICATE: own('Give each leg its own "leg", or each matrix its own "group".'),
  LEG_FAILED: own('Look at the log of the failed leg, and run the failed jobs again.'),
  RECORD_INVALID: own(
    'Use the same version of oci-matrix in the legs and in the fan-in job, and leave the records as they are.',
  ),
  ENTRY_DUPLICATE: own(
    'Give the two legs different platforms, or add what tells them apart to "identity", e.g. annotations.<key>.',
  ),
  CHILD_MISSING: own(
    'Push the manifest to the repository of the index, or check that no clean-up job removed it in between.',
  ),
  CONFLICT: own(
    'Run the job again; if other jobs write to the same tag, give all of them "concurrent: true" or one concurrency group.',
  ),
  NOT_AN_INDEX: own('Choose another tag, or remove what is at this one.'),
  FILE_NOT_FOUND: own(
    'Check the path, which starts at the workspace, and that a step before this one makes the file.',
  ),
  IMAGE_NOT_ALLOWED: own(
    'Look at who ran that leg: a record may be forged. If legs are meant to push there, add the image to "allow-images".',
  ),
  FILE_CHANGED: own('Let nothing write to the file while the step runs, and run the job again.'),
  MEDIA_TYPE_UNKNOWN: own('Add the file to "media-types", or set "default-media-type".'),
  LAYER_NOT_RUNNABLE: own(
    'Give the layers a media type that runtimes unpack, or leave "config" out, so that nobody takes it for an image.',
  ),
  LAYER_INVALID: own(
    'Build the image again, or pull it with a runtime to see whether that takes the layer: what is no sound tar is not measured.',
  ),
  LAYERS_META_INVALID: own(
    'Measure the image again with measure-layers, or check that the file is what it or the build of a Foundries factory wrote.',
  ),
  SOURCE_INVALID: own(
    'Check that "source" is what it says: an image layout, an archive of one or of docker save, or an image in a registry.',
  ),
  PLATFORM_MISMATCH: own('Leave "platform" out, or build for the platform that it says.'),
  ANNOTATION_INVALID: own('Write each annotation on a line of its own, as key=value.'),
  APP_REFUSED: own(
    'Leave "layers-manifests" out: most registries refuse what is a manifest and an index at once.',
  ),
  INDEX_TOO_LARGE: own('Give the entries fewer annotations, or make several indexes of them.'),
  RUN_OUTDATED: own('Leave the tag where it is: a later run has moved it already.'),
  TAG_IMMUTABLE: own('Choose a new tag: the registry does not let this one move.'),
  TOO_LARGE: own('Look at the largest layers in the summary, or free space on the device first.'),
  UNSIGNED: own('Sign what the legs pushed with sign-manifest, then run this step again.'),
  KEY_INVALID: own('Give a key of ECDSA P-256 or P-384, of RSA or of Ed25519, as PEM.'),
  KEY_PASSWORD: own('Check that the secrets of the key and of its password belong together.'),
  SIGN_COMMAND: own('Try the command that signs in a step of its own.'),
  SIGNATURE_INVALID: own(
    'Check that the public key or the identity is of whoever signs here; if it is, find out who wrote to the registry.',
  ),
  ID_TOKEN: own(
    'Add "permissions: id-token: write" to the job, and to the job that calls its workflow; in a pull request from a fork GitHub gives none.',
  ),
  FULCIO: own('Run the job again; look at https://status.sigstore.dev if it stays.'),
  REKOR: own('Run the job again; look at https://status.sigstore.dev if it stays.'),
  TIMESTAMP_AUTHORITY: own('Run the job again; look at https://status.sigstore.dev if it stays.'),
  CLOCK_SKEW: own('Set the clock of the runner, e.g. by NTP, and run the job again.'),
  INPUT_INVALID: own(inputFix),
  ARTIFACT_SERVICE: own('Run the job again; look at https://www.githubstatus.com if it stays.'),
  ABORTED: own(again),
  UNEXPECTED: own(reportIt),
};

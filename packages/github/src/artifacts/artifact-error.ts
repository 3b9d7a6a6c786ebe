import { OciError } from '@oci-matrix/oci';

/** GitHub's artifact service could not be used, or gave something else than was stored. */
export class ArtifactError extends OciError {
  override readonly name = 'ArtifactError';
  readonly code = 'ARTIFACT_SERVICE';
}

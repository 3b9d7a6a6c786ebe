import type { Clock, Repository } from '@oci-matrix/distribution';
import { type Digest, formatReference, type RepositoryName } from '@oci-matrix/oci';
import type { Signer } from '@oci-matrix/signing';
import { MatrixError } from '../error.ts';

export interface StoreOptions {
  readonly repository: Repository;
  readonly signer: Signer;
  /** Makes the empty blob present that every bundle has for its config; asks once, however many there are. */
  readonly pushEmpty: () => Promise<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What is thrown where the registry took a signature and does not give it back. */
export const lost = (name: RepositoryName, at: Digest, subject: Digest): MatrixError =>
  new MatrixError(
    'MANIFEST_UNKNOWN',
    `${formatReference(name)} took ${at}, a signature of ${subject}, and does not give it back`,
    { hint: 'Run the step again; what was signed is not signed twice.' },
  );

import { parseDigest, parseRepositoryName } from '@oci-matrix/oci';
import type { Signer, SigningSubject } from '../signer.ts';
import { type KeylessSignerOptions, openKeylessSigner } from './keyless-signer.ts';

export const subject: SigningSubject = {
  image: parseRepositoryName('ghcr.io/acme/app'),
  digest: parseDigest(`sha256:${'a1'.repeat(32)}`),
};
export const otherDigest = parseDigest(`sha256:${'b2'.repeat(32)}`);

export const issuer = 'https://token.actions.githubusercontent.com';
export const workflow = 'acme/app/.github/workflows/release.yml@refs/heads/main';
export const identity = `https://github.com/${workflow}`;

/** The claims of a job's token. */
export const claims = {
  iss: issuer,
  aud: 'sigstore',
  sub: 'repo:acme/app:ref:refs/heads/main',
  job_workflow_ref: workflow,
  repository: 'acme/app',
};

/** Opens a signer at the services of a test, with short limits. */
export const openAt = (
  { fulcioUrl, rekorUrl }: { readonly fulcioUrl: string; readonly rekorUrl: string },
  options: Omit<KeylessSignerOptions, 'identityToken'> & { readonly token: string },
): Promise<Signer> =>
  openKeylessSigner({
    identityToken: () => Promise.resolve(options.token),
    ...{ fulcioUrl, rekorUrl },
    ...{ timeout: 8000, retries: 1 },
    ...options,
  });

/** The error that something ends in; undefined where it ends well. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

import type { Sigstore } from '@oci-matrix/testing';

/** Signs a workflow's keyless signatures with an instance of Sigstore on this machine. */
export const withSigstore =
  ({ fulcioUrl, rekorUrl }: Sigstore) =>
  (workflow: string): string =>
    workflow.replace(
      /^( +)keyless: true$/gm,
      `$&\n$1fulcio-url: ${fulcioUrl}\n$1rekor-url: ${rekorUrl}`,
    );

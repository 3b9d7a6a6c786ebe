import { type Digest, formatReference, type RepositoryName } from '@oci-matrix/oci';
import type { SignedBy } from '@oci-matrix/signing';

export interface VerifyCommandOptions {
  readonly image: RepositoryName;
  readonly digest: Digest;
  readonly signedBy: SignedBy;
  /** False where the signature is in no transparency log. */
  readonly logged: boolean;
}

/** What a person types to verify a signature with cosign 3, which finds both formats; a public key is in the file cosign.pub. */
export function verifyCommand({ image, digest, signedBy, logged }: VerifyCommandOptions): string {
  const by =
    'key' in signedBy
      ? ['--key', 'cosign.pub']
      : [
          '--certificate-identity',
          quoted(signedBy.identity),
          '--certificate-oidc-issuer',
          quoted(signedBy.issuer),
        ];
  const log = logged ? [] : ['--insecure-ignore-tlog=true'];
  return ['cosign', 'verify', ...by, ...log, formatReference({ ...image, digest })].join(' ');
}

// For a shell: an identity is a URL or an address, but who issues it decides.
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

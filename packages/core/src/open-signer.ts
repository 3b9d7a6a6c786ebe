import type { Signer, Verifier } from '@oci-matrix/signing';

/** A way to sign. */
export type SignerChoice =
  | { readonly kind: 'key'; readonly key: string; readonly password?: string | undefined }
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly publicKey: string;
      readonly onLine?: ((line: string) => void) | undefined;
    }
  | {
      readonly kind: 'keyless';
      readonly identityToken: () => Promise<string>;
      readonly fulcioUrl?: string | undefined;
      readonly rekorUrl?: string | undefined;
      readonly timestampUrl?: string | undefined;
      readonly trustedRoot?: string | undefined;
    };

/** Whose signatures count. */
export type VerifierChoice =
  | { readonly publicKey: string }
  | { readonly identity: string; readonly issuer: string; readonly trustedRoot: string };

/** Opens what signs. The libraries of it are loaded here, and nowhere before: most steps sign nothing. */
export async function openSigner(choice: SignerChoice): Promise<Signer> {
  const signing = await import('@oci-matrix/signing');
  switch (choice.kind) {
    case 'key':
      return signing.openKeySigner(choice);
    case 'command':
      return signing.openCommandSigner(choice);
    case 'keyless':
      return signing.openKeylessSigner(choice);
  }
}

/** Opens what tells whose signature one is. */
export async function openVerifierFor(choice: VerifierChoice): Promise<Verifier> {
  const signing = await import('@oci-matrix/signing');
  return 'publicKey' in choice
    ? signing.verifierOfKey(choice.publicKey)
    : signing.verifierOfIdentity(choice);
}

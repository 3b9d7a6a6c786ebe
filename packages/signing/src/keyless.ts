import type { Identity } from './keyless/identity-verifier.ts';
import type { KeylessSignerOptions } from './keyless/keyless-signer.ts';
import type { Signer, Verifier } from './signer.ts';

// What speaks with Sigstore's services takes longer to load than a key needs to sign.

/** Signs as the identity in a token; throws as `openKeylessSigner` of keyless/keyless-signer.ts says. */
export async function openKeylessSigner(options: KeylessSignerOptions): Promise<Signer> {
  const keyless = await import('./keyless/keyless-signer.ts');
  return keyless.openKeylessSigner(options);
}

/** Verifies keyless signatures of one identity against a trusted root, the text of a trusted_root.json. Throws `KEY_INVALID`. */
export async function verifierOfIdentity(
  options: Identity & { readonly trustedRoot: string },
): Promise<Verifier> {
  const keyless = await import('./keyless/identity-verifier.ts');
  return keyless.verifierOfIdentity(options);
}

import {
  openSigner,
  openVerifierFor,
  type SignatureRule,
  signManifests,
  type ToldSignature,
  type UpdateIndexOptions,
} from '@oci-matrix/core';
import {
  formatsOf,
  type Inputs,
  type RunContext,
  signerOptions,
  verifierOptions,
} from '@oci-matrix/github';
import type { contract } from './contract.ts';

export interface Signing {
  readonly signIndex: UpdateIndexOptions['signIndex'];
  readonly requireSignatures: SignatureRule | undefined;
  /** What was signed so far. */
  readonly signatures: readonly ToldSignature[];
  /** PEM. */
  readonly publicKey: string | undefined;
}

/** What signs the index before its tags move, and whose signatures its entries must have. */
export async function openSigning(
  inputs: Inputs<typeof contract>,
  context: RunContext,
): Promise<Signing> {
  const options = await signerOptions(inputs, context);
  const choice = await verifierOptions(inputs);
  const signer = options && (await openSigner(options));
  const verifier = choice ? await openVerifierFor(choice) : signer?.verifier;
  const signatures: ToldSignature[] = [];
  const signIndex: UpdateIndexOptions['signIndex'] =
    signer &&
    (async (repository, digest) => {
      const signed = await signManifests({
        ...{ repository, signer, digests: [digest], signal: context.signal },
        formats: formatsOf(inputs.format),
        recursive: inputs.recursive,
        logged: options?.kind === 'keyless' && options.rekorUrl !== 'none',
      });
      signatures.push(...signed);
      return signed;
    });
  return {
    requireSignatures: inputs.requireSignatures ? { verifier } : undefined,
    signIndex,
    signatures,
    publicKey: signer?.publicKey,
  };
}

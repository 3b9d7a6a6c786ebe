export { type CommandSignerOptions, openCommandSigner } from './command-signer.ts';
export { SigningError, type SigningErrorCode, signingErrorCodes } from './error.ts';
export { openKeySigner } from './key-signer.ts';
export { verifierOfKey } from './key-verifier.ts';
export type { KeylessSignerOptions } from './keyless/keyless-signer.ts';
export { openKeylessSigner, verifierOfIdentity } from './keyless.ts';
export type { KeyText } from './private-key.ts';
export type {
  LegacySignature,
  SignedBy,
  Signer,
  SigningSubject,
  SignOptions,
  Verifier,
} from './signer.ts';

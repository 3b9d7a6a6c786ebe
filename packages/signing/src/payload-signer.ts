import { keyBundle } from './bundle.ts';
import { preAuthEncoding } from './dsse.ts';
import { verifierOf } from './key-verifier.ts';
import type { PublicKey } from './public-key.ts';
import type { Signer, SignOptions } from './signer.ts';
import { signatureAnnotation, simpleSigningPayload } from './simple-signing.ts';
import { cosignStatement, statementPayloadType } from './statement.ts';

/** Signs bytes as the algorithm of the key has it, its hash included. */
export type SignBytes = (bytes: Uint8Array, options: SignOptions) => Promise<Uint8Array>;

/** Makes both formats of a key's signatures. */
export const payloadSigner = (key: PublicKey, sign: SignBytes): Signer => ({
  signedBy: { key: key.digest },
  publicKey: key.pem,
  verifier: verifierOf(key),
  bundle: async (subject, options = {}) => {
    const statement = cosignStatement(subject);
    const signature = await sign(preAuthEncoding(statementPayloadType, statement), options);
    return keyBundle(statement, signature, key.hint);
  },
  legacy: async (subject, options = {}) => {
    const payload = simpleSigningPayload(subject);
    const signature = Buffer.from(await sign(payload, options)).toString('base64');
    return { payload, annotations: { [signatureAnnotation]: signature } };
  },
});

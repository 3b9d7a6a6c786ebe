import { generateKeyPairSync } from 'node:crypto';
import { bundleBytes } from '../bundle.ts';
import type { Signer, SignOptions } from '../signer.ts';
import { simpleSigningPayload } from '../simple-signing.ts';
import { cosignStatement } from '../statement.ts';
import { createCertificateSource } from './certificate-source.ts';
import { identityVerifier } from './identity-verifier.ts';
import { type InstanceOptions, parseInstance } from './instance.ts';
import { legacyAnnotations } from './legacy-bundle.ts';
import { logEnvelope, logSignature } from './rekor.ts';
import type { AskOptions } from './service.ts';
import { signPayload, signStatement } from './signed-bundle.ts';
import { trustSource } from './trust-source.ts';
import { witness } from './witness.ts';

export interface KeylessSignerOptions extends InstanceOptions {
  /** Gives a fresh OpenID Connect token with the audience `sigstore`; asked again when the one before has run out. */
  readonly identityToken: () => Promise<string>;
  /** The text of a trusted_root.json, against which signatures are verified. */
  readonly trustedRoot?: string | undefined;
  readonly now?: (() => Date) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Signs as the identity in a token, with a key that lives as long as the signer, that Fulcio certifies, and whose signatures a log or a
 * timestamp authority sees. The token is fetched at once, since it says who signs; the certificate with the first signature,
 * and it serves all that follow while it is valid.
 *
 * With `trustedRoot` its verifier is that of `verifierOfIdentity`. Without, it trusts the certificates that Fulcio itself publishes, and sees that
 * the certificate held when log and authority say that they saw this very signature. That they did say so is then
 * not verified: neither the log's signature, nor the authority's, nor that of the certificate log.
 *
 * Throws `ID_TOKEN`, `FULCIO`, `REKOR`, `TIMESTAMP_AUTHORITY`, `CLOCK_SKEW`, and `KEY_INVALID` for the trusted root.
 */
export async function openKeylessSigner({
  identityToken,
  trustedRoot,
  now = () => new Date(),
  signal,
  ...where
}: KeylessSignerOptions): Promise<Signer> {
  const instance = parseInstance(where);
  const trust = trustSource(instance, trustedRoot, signal);
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const source = await createCertificateSource({ instance, identityToken, key, now });
  const { identity, issuer } = source;
  const askingWith = (options: SignOptions = {}): AskOptions => ({
    limits: instance.limits,
    signal: anyOf(signal, options.signal),
  });
  return {
    signedBy: { identity, issuer },
    verifier: identityVerifier({ identity, issuer }, trust),
    bundle: async (subject, options) => {
      const asking = askingWith(options);
      const certificate = await source.certificate(asking);
      const bundle = signStatement(cosignStatement(subject), { key, certificate });
      const { dsseEnvelope } = bundle.content;
      const log = (rekor: typeof instance.fulcio) =>
        logEnvelope(rekor, dsseEnvelope, certificate, asking);
      await witness(instance, bundle, { certificate, log, ...asking });
      return bundleBytes(bundle);
    },
    legacy: async (subject, options) => {
      const asking = askingWith(options);
      const certificate = await source.certificate(asking);
      const payload = simpleSigningPayload(subject);
      const bundle = signPayload(payload, { key, certificate });
      const { signature } = bundle.content.messageSignature;
      const log = (rekor: typeof instance.fulcio) =>
        logSignature(rekor, { payload, signature }, certificate, asking);
      await witness(instance, bundle, { certificate, log, ...asking });
      return { payload, annotations: legacyAnnotations(bundle, certificate) };
    },
  };
}

const anyOf = (...signals: (AbortSignal | undefined)[]): AbortSignal | undefined => {
  const given = signals.filter((signal) => signal !== undefined);
  return given.length === 0 ? undefined : AbortSignal.any(given);
};

import type { Bundle } from '@sigstore/bundle';
import { Verifier as SigstoreVerifier, type TrustMaterial, toSignedEntity } from '@sigstore/verify';
import { parseBundle } from '../bundle.ts';
import { invalid } from '../invalid.ts';
import type { SignedBy, Verifier } from '../signer.ts';
import { checkSimpleSigning } from '../simple-signing.ts';
import { checkStatement } from '../statement.ts';
import { verifyByChains } from './chain-verifier.ts';
import { bundleOfLegacy } from './legacy-bundle.ts';
import { strangerIn } from './log-entry.ts';
import { signatureOf } from './signed-bundle.ts';
import { parseTrustedRoot } from './trust.ts';

/** Who a certificate is to name: both compared as they are, no pattern. */
export type Identity = Extract<SignedBy, { readonly identity: string }>;

/** What signatures are verified against: a trusted root, or chains of certificates alone, each DER with the root last. */
export type Trust =
  | { readonly root: TrustMaterial }
  | { readonly chains: readonly (readonly Buffer[])[] };

/**
 * Verifies keyless signatures of one identity, as `cosign verify --certificate-identity --certificate-oidc-issuer --trusted-root`
 * does: the certificate's chain and its entry in a certificate log, the entry in a transparency log, timestamps, the signature, who signed
 * and what. `trustedRoot` is the text of a trusted_root.json; what it has logs of must be logged. Throws `KEY_INVALID`.
 */
export function verifierOfIdentity({
  identity,
  issuer,
  trustedRoot,
}: Identity & { readonly trustedRoot: string }): Verifier {
  const trust = { root: parseTrustedRoot(trustedRoot) };
  return identityVerifier({ identity, issuer }, () => Promise.resolve(trust));
}

/** Verifies signatures of one identity against what is trusted, which is asked for with the first of them. */
export const identityVerifier = (signedBy: Identity, trust: () => Promise<Trust>): Verifier => ({
  bundle: async (bytes, digest) => {
    const bundle = parseBundle(bytes);
    const { payload, payloadType } = bundle.content.dsseEnvelope;
    checkSignature(bundle, { payload, signedBy, trust: await trust() });
    checkStatement(payloadType, payload, digest);
  },
  legacy: async (signature, digest) => {
    const payload = Buffer.from(signature.payload);
    checkSignature(bundleOfLegacy(signature), { payload, signedBy, trust: await trust() });
    checkSimpleSigning(payload, digest);
  },
});

interface Expected {
  readonly payload: Buffer;
  readonly signedBy: Identity;
  readonly trust: Trust;
}

/** The most entries, or timestamps, of one signature; there is one of a service that has signed it. */
const maxProofs = 8;

function checkSignature(bundle: Bundle, { payload, signedBy, trust }: Expected): void {
  const { tlogEntries: entries, timestampVerificationData } = bundle.verificationMaterial;
  const stamps = timestampVerificationData?.rfc3161Timestamps ?? [];
  if (Math.max(entries.length, stamps.length) > maxProofs) {
    throw invalid(`has ${entries.length} entries of logs and ${stamps.length} timestamps`);
  }
  const found = verified(bundle, payload, trust);
  refuseStrangers(bundle, payload, trust);
  if (found.identity === signedBy.identity && found.issuer === signedBy.issuer) return;
  throw invalid(`is of ${nameOf(found)}, not of ${nameOf(signedBy)}`);
}

const nameOf = ({ identity, issuer }: Identity): string => `"${identity}" (${issuer})`;

function verified(bundle: Bundle, payload: Buffer, trust: Trust): Identity {
  try {
    return 'root' in trust
      ? verifyByRoot(bundle, payload, trust.root)
      : verifyByChains(bundle, payload, trust.chains);
  } catch (error) {
    throw invalid(`does not hold: ${reasonOf(error)}`, error);
  }
}

function verifyByRoot(bundle: Bundle, payload: Buffer, root: TrustMaterial): Identity {
  const verifier = new SigstoreVerifier(root, {
    ctlogThreshold: Math.min(root.ctlogs.length, 1),
    tlogThreshold: Math.min(root.tlogs.length, 1),
    timestampThreshold: 1,
  });
  const { identity } = verifier.verify(toSignedEntity(bundle, payload));
  return {
    identity: identity?.subjectAlternativeName ?? '',
    issuer: identity?.extensions?.issuer ?? '',
  };
}

// The library compares the signature and what was signed. That the certificate is the one that was logged too
// is of Rekor 1's entries, of which its older kinds are none that cosign makes.
function refuseStrangers(bundle: Bundle, payload: Buffer, trust: Trust): void {
  const { content, tlogEntries } = bundle.verificationMaterial;
  if (content.$case !== 'certificate') throw invalid('is of a key, or of a chain of certificates');
  const signature = signatureOf(bundle);
  const certificate = content.certificate.rawBytes;
  for (const entry of tlogEntries) {
    if ('root' in trust && entry.kindVersion.version !== '0.0.1') continue;
    const stranger = strangerIn(entry, { payload, signature, certificate });
    if (stranger !== undefined) throw invalid(`is logged with ${stranger}`);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${inner}`.replaceAll(/\s+/g, ' ').slice(0, 300);
}

import { fetchTrustBundle } from './fulcio.ts';
import type { Trust } from './identity-verifier.ts';
import type { Instance } from './instance.ts';
import { parseTrustedRoot } from './trust.ts';

/** What a signer's own signatures are verified against: a trusted root, else what Fulcio publishes, asked for once. */
export function trustSource(
  { fulcio, limits }: Instance,
  trustedRoot: string | undefined,
  signal: AbortSignal | undefined,
): () => Promise<Trust> {
  if (trustedRoot !== undefined && trustedRoot.trim() !== '') {
    const trust = { root: parseTrustedRoot(trustedRoot) };
    return () => Promise.resolve(trust);
  }
  const fetchTrust = async (): Promise<Trust> => {
    return { chains: await fetchTrustBundle(fulcio, { limits, signal }) };
  };
  let asked: Promise<Trust> | undefined;
  return async () => {
    asked ??= fetchTrust();
    try {
      return await asked;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  };
}

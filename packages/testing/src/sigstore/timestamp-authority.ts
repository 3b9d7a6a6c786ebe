import { createHash, type KeyPairKeyObjectResult } from 'node:crypto';
import { clockOf, type Reply, type Request, refusal } from './fault.ts';

/** The timestamp authority: its certificates, and what it answers. */
export interface FakeTimestampAuthority {
  /** DER; the one that signs first, the root last. */
  readonly certificates: readonly Buffer[];
  reply(request: Request): Promise<Reply>;
}

/** Makes an authority that says when it saw the digest of a signature (RFC 3161). */
export async function createTimestampAuthority(
  keys: KeyPairKeyObjectResult,
): Promise<FakeTimestampAuthority> {
  const { initializeTSA, tsaHandler } = await import('@sigstore/mock');
  // The authority reads it anew with every timestamp.
  const clock = new Date();
  const authority = await initializeTSA(keys, clock);
  return {
    certificates: [authority.intCertificate, authority.rootCertificate].map((view) =>
      Buffer.from(view.buffer, view.byteOffset, view.byteLength),
    ),
    async reply({ path, body, fault }) {
      if (path !== '/api/v1/timestamp') return refusal(404, `nothing at ${path}`);
      // Whole seconds: the mock writes a fraction such as .005 as .5, which is no DER.
      clock.setTime(Math.floor((clockOf(fault) ?? new Date()).getTime() / 1000) * 1000);
      const asked = fault === 'other' ? elsewhere(body) : body;
      const { statusCode, response, contentType } = await tsaHandler(authority).fn(asked);
      return { status: statusCode, body: response, contentType };
    },
  };
}

const elsewhere = (body: string): string => {
  const artifactHash = createHash('sha256').update('something else').digest('base64');
  return JSON.stringify({ ...JSON.parse(body), artifactHash });
};

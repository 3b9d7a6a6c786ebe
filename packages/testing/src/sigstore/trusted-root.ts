import { createHash } from 'node:crypto';

/** What a client is to trust; everything in DER. */
export interface Trusted {
  readonly fulcio: { readonly url: string; readonly certificates: readonly Buffer[] };
  readonly rekor: { readonly url: string; readonly key: Buffer };
  readonly certificateLog: { readonly url: string; readonly key: Buffer };
  readonly timestamp: { readonly url: string; readonly certificates: readonly Buffer[] };
}

const name = { organization: 'sigstore.mock', commonName: 'sigstore' };

/** The text of a trusted_root.json, as cosign's `--trusted-root` takes it: https://github.com/sigstore/protobuf-specs/blob/v0.5.0/protos/sigstore_trustroot.proto */
export function trustedRootOf({ fulcio, rekor, certificateLog, timestamp }: Trusted): string {
  const validFor = { start: new Date(Date.now() - 86_400_000).toISOString() };
  const log = ({ url, key }: Trusted['rekor']) => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: key.toString('base64'),
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
      validFor,
    },
    logId: { keyId: createHash('sha256').update(key).digest('base64') },
  });
  const authority = ({ url, certificates }: Trusted['fulcio']) => ({
    subject: name,
    uri: url,
    certChain: {
      certificates: certificates.map((der) => ({ rawBytes: der.toString('base64') })),
    },
    validFor,
  });
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(rekor)],
    certificateAuthorities: [authority(fulcio)],
    ctlogs: [log(certificateLog)],
    timestampAuthorities: [authority(timestamp)],
  });
}

import { createHash, type KeyPairKeyObjectResult, verify, X509Certificate } from 'node:crypto';
import { clockOf, type Reply, type Request, refusal } from './fault.ts';

/** The log: its key, and what it answers. */
export interface FakeRekor {
  /** DER. */
  readonly publicKey: Buffer;
  reply(request: Request, url: string): Promise<Reply>;
}

/** An entry that somebody proposes, as far as the log looks at it. */
interface Proposed {
  readonly kind: string;
  readonly spec: {
    readonly proposedContent?: { readonly envelope: string; readonly verifiers: readonly string[] };
  };
}

interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly sig: string }[];
}

const entries = '/api/v1/log/entries';
const found = { status: 200, contentType: 'application/json' };

/** Makes a log of version 1, which promises an inclusion and proves it. */
export async function createRekor(keys: KeyPairKeyObjectResult): Promise<FakeRekor> {
  const { initializeTLog, rekorHandler } = await import('@sigstore/mock');
  const { publicKey } = await initializeTLog('http://127.0.0.1', keys);
  const kept = new Map<string, string>();
  return {
    publicKey,
    async reply({ method, path, body, fault }, url) {
      const known = kept.get(path);
      if (method === 'GET' && known !== undefined) return { ...found, body: known };
      if (path !== entries) return refusal(404, `nothing at ${path}`);
      const log = await initializeTLog(url, keys, clockOf(fault));
      const entry = canonicalEntry(JSON.parse(body));
      if (entry === undefined) return refusal(400, 'error verifying signature');
      const logged = fault === 'other' ? elsewhere(entry) : JSON.stringify(entry);
      // An entry is in the log once, and who proposes it again is told where.
      const again = kept.get(logged);
      if (again !== undefined) return { ...refusal(409, 'an equivalent entry'), location: again };
      const { statusCode, response, contentType } = await rekorHandler(log).fn(logged);
      const location = `${entries}/${Object.keys(JSON.parse(String(response)))[0]}`;
      kept.set(logged, location).set(location, String(response));
      return { status: statusCode, body: response, contentType, location };
    },
  };
}

// What is logged of an envelope are its digests and its signatures; undefined where those do not hold.
function canonicalEntry(proposed: Proposed): object | undefined {
  if (proposed.kind !== 'dsse') return proposed;
  const { envelope = '{}', verifiers: [verifier = ''] = [] } = proposed.spec.proposedContent ?? {};
  const { payloadType, payload, signatures }: Envelope = JSON.parse(envelope);
  const content = Buffer.from(payload, 'base64');
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${content.length} `;
  const signed = Buffer.concat([Buffer.from(head), content]);
  const { publicKey } = new X509Certificate(Buffer.from(verifier, 'base64'));
  const isSigned = signatures.every(({ sig }) =>
    verify('sha256', signed, publicKey, Buffer.from(sig, 'base64')),
  );
  const spec = {
    envelopeHash: sha256(Buffer.from(envelope)),
    payloadHash: sha256(content),
    signatures: signatures.map(({ sig }) => ({ signature: sig, verifier })),
  };
  return isSigned ? { apiVersion: '0.0.1', kind: 'dsse', spec } : undefined;
}

const sha256 = (bytes: Uint8Array) => ({
  algorithm: 'sha256',
  value: createHash('sha256').update(bytes).digest('hex'),
});

// An entry of the same form whose every digest is another.
const elsewhere = (entry: object): string =>
  JSON.stringify(entry).replaceAll(/"value":"[0-9a-f]{64}"/g, `"value":"${'0'.repeat(64)}"`);

import { type Envelope, envelopeToJSON, type TransparencyLogEntry } from '@sigstore/bundle';
import { memberOf } from '../json.ts';
import { type Certificate, sha256 } from './certificate.ts';
import { type Logged, strangerIn } from './log-entry.ts';
import { type AskOptions, ask, failureOf, parseAnswer, type Service } from './service.ts';

/** Has Rekor log a signed envelope. */
export const logEnvelope = (
  service: Service,
  envelope: Envelope,
  certificate: Certificate,
  options: AskOptions,
): Promise<TransparencyLogEntry> => {
  const content = {
    envelope: JSON.stringify(envelopeToJSON(envelope)),
    verifiers: [Buffer.from(certificate.pem).toString('base64')],
  };
  const entry = { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent: content } };
  const signature = envelope.signatures[0]?.sig ?? Buffer.alloc(0);
  const logged = { signature, payload: envelope.payload, certificate: certificate.der };
  return logEntry(service, entry, logged, options);
};

/** Has Rekor log the signature of a payload. */
export const logSignature = (
  service: Service,
  { payload, signature }: Pick<Logged, 'payload' | 'signature'>,
  certificate: Certificate,
  options: AskOptions,
): Promise<TransparencyLogEntry> => {
  const hash = { algorithm: 'sha256', value: sha256(payload).toString('hex') };
  const publicKey = { content: Buffer.from(certificate.pem).toString('base64') };
  const spec = {
    data: { hash },
    signature: { content: Buffer.from(signature).toString('base64'), publicKey },
  };
  const entry = { apiVersion: '0.0.1', kind: 'hashedrekord', spec };
  const logged = { payload, signature, certificate: certificate.der };
  return logEntry(service, entry, logged, options);
};

async function logEntry(
  service: Service,
  proposed: object,
  logged: Logged,
  options: AskOptions,
): Promise<TransparencyLogEntry> {
  const path = '/api/v1/log/entries';
  const created = await ask(service, { path, body: proposed, expected: 409, ...options });
  const answer =
    created.status === 409 ? await existing(service, created.location, options) : created;
  const entry = parseEntry(service, answer.bytes);
  const stranger = strangerIn(entry, logged);
  if (stranger !== undefined) throw failureOf(service, `answered with ${stranger} in its log`);
  return entry;
}

// The entry of a question whose first answer was lost: the log has it once, and says where.
function existing(service: Service, location: string, options: AskOptions) {
  const uuid = /(?:^|\/)(?<uuid>[0-9a-f]{64,80})$/.exec(location)?.groups?.uuid;
  if (uuid === undefined) throw failureOf(service, 'has the entry already, and does not say where');
  return ask(service, { path: `/api/v1/log/entries/${uuid}`, ...options });
}

function parseEntry(service: Service, bytes: Buffer): TransparencyLogEntry {
  const answer = parseAnswer(service, bytes, 'an entry of its log');
  const [entry, ...more] =
    typeof answer === 'object' && answer !== null ? Object.values(answer) : [];
  try {
    if (more.length === 0) return entryOf(entry);
  } catch (cause) {
    throw failureOf(service, 'answered with something else than an entry of its log', cause);
  }
  throw failureOf(service, `answered with ${more.length + 1} entries of its log for one`);
}

/** Of Rekor's own form the one of bundles. https://github.com/sigstore/rekor/blob/v1.4.0/openapi.yaml */
function entryOf(entry: unknown): TransparencyLogEntry {
  const verification = memberOf(entry, 'verification');
  const proof = memberOf(verification, 'inclusionProof');
  const canonicalizedBody = Buffer.from(text(entry, 'body'), 'base64');
  const body: unknown = JSON.parse(canonicalizedBody.toString());
  const hashes = memberOf(proof, 'hashes');
  return {
    logIndex: number(entry, 'logIndex'),
    logId: { keyId: Buffer.from(text(entry, 'logID'), 'hex') },
    integratedTime: number(entry, 'integratedTime'),
    kindVersion: { kind: text(body, 'kind'), version: text(body, 'apiVersion') },
    canonicalizedBody,
    inclusionPromise: {
      signedEntryTimestamp: Buffer.from(text(verification, 'signedEntryTimestamp'), 'base64'),
    },
    inclusionProof: {
      logIndex: number(proof, 'logIndex'),
      treeSize: number(proof, 'treeSize'),
      rootHash: Buffer.from(text(proof, 'rootHash'), 'hex'),
      hashes: (Array.isArray(hashes) ? hashes : []).map((hash) => Buffer.from(String(hash), 'hex')),
      checkpoint: { envelope: text(proof, 'checkpoint') },
    },
  };
}

function text(value: unknown, key: string): string {
  const found = memberOf(value, key);
  if (typeof found === 'string' && found !== '') return found;
  throw new TypeError(`${key} is no text`);
}

function number(value: unknown, key: string): string {
  const found = memberOf(value, key);
  if (Number.isSafeInteger(found)) return String(found);
  throw new TypeError(`${key} is no whole number`);
}

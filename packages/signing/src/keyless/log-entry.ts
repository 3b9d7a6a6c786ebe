import type { TransparencyLogEntry } from '@sigstore/bundle';
import { memberOf } from '../json.ts';
import { pemBlocks, pemBytes } from '../pem.ts';
import { sha256 } from './certificate.ts';

/** What an entry of a log should be about. */
export interface Logged {
  readonly signature: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  /** Of an envelope its payload, of a legacy signature what was signed. */
  readonly payload: Uint8Array;
}

/**
 * What in an entry of Rekor 1 is not of this signature; undefined where all is: payload, signature and certificate.
 * The log's own signature is not looked at.
 * https://github.com/sigstore/rekor/blob/v1.4.0/pkg/types/README.md
 */
export function strangerIn(entry: TransparencyLogEntry, logged: Logged): string | undefined {
  const { kind = '', version = '' } = entry.kindVersion ?? {};
  const about = readersOf[`${kind} ${version}`]?.(specOf(entry));
  if (about === undefined) return `an entry of the kind ${kind} ${version}`.trimEnd();
  if (about.hash !== sha256(logged.payload).toString('hex')) return 'another payload';
  if (!sameBytes(about.signature, logged.signature)) return 'another signature';
  const [block] = pemBlocks(bytesOf(about.certificate).toString());
  const isSame = block !== undefined && pemBytes(block).equals(logged.certificate);
  return isSame ? undefined : 'another certificate';
}

interface About {
  readonly hash: unknown;
  readonly signature: unknown;
  readonly certificate: unknown;
}

const readersOf: Readonly<Record<string, (spec: unknown) => About>> = {
  'dsse 0.0.1': (spec) => {
    const signatures = memberOf(spec, 'signatures');
    const [only, ...more] = Array.isArray(signatures) ? signatures : [];
    return {
      hash: memberOf(memberOf(spec, 'payloadHash'), 'value'),
      signature: more.length === 0 ? memberOf(only, 'signature') : undefined,
      certificate: memberOf(only, 'verifier'),
    };
  },
  'hashedrekord 0.0.1': (spec) => {
    const signature = memberOf(spec, 'signature');
    return {
      hash: memberOf(memberOf(memberOf(spec, 'data'), 'hash'), 'value'),
      signature: memberOf(signature, 'content'),
      certificate: memberOf(memberOf(signature, 'publicKey'), 'content'),
    };
  },
};

function specOf({ canonicalizedBody }: TransparencyLogEntry): unknown {
  try {
    return memberOf(JSON.parse(canonicalizedBody.toString()), 'spec');
  } catch {
    return undefined;
  }
}

const bytesOf = (value: unknown): Buffer =>
  Buffer.from(typeof value === 'string' ? value : '', 'base64');

const sameBytes = (value: unknown, bytes: Uint8Array): boolean => bytesOf(value).equals(bytes);

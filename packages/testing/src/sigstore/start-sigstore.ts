import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { SigstoreFault, SigstoreService } from './fault.ts';
import { createFulcio } from './fulcio.ts';
import { createRekor } from './rekor.ts';
import { type Served, serve } from './serve.ts';
import { createTimestampAuthority } from './timestamp-authority.ts';
import { trustedRootOf } from './trusted-root.ts';

/** A Sigstore instance on ports of this machine, which knows the issuer of the local runner's id tokens. */
export interface Sigstore extends AsyncDisposable {
  readonly fulcioUrl: string;
  readonly rekorUrl: string;
  readonly timestampUrl: string;
  /** The text of its trusted_root.json. */
  readonly trustedRoot: string;
  /** Makes a service fail its next requests; for ever when `times` is not given. */
  fail(service: SigstoreService, fault: SigstoreFault, times?: number): void;
  /** What a service was asked for, as `POST /path`. */
  requests(service: SigstoreService): readonly string[];
}

/** Starts Fulcio, Rekor and a timestamp authority; they stop when disposed of. */
export async function startSigstore(): Promise<Sigstore> {
  const certificateLogKeys = keyPair();
  const authority = await createFulcio(keyPair(), certificateLogKeys);
  const log = await createRekor(keyPair());
  const timestamps = await createTimestampAuthority(keyPair());
  const services: Readonly<Record<SigstoreService, Served>> = {
    fulcio: await serve(authority.reply),
    rekor: await serve(log.reply),
    timestamp: await serve(timestamps.reply),
  };
  const { fulcio, rekor, timestamp } = services;
  return {
    fulcioUrl: fulcio.url,
    rekorUrl: rekor.url,
    timestampUrl: timestamp.url,
    trustedRoot: trustedRootOf({
      fulcio: { url: fulcio.url, certificates: [authority.rootCertificate] },
      rekor: { url: rekor.url, key: log.publicKey },
      certificateLog: { url: `${fulcio.url}/ctlog`, key: authority.logKey },
      timestamp: { url: timestamp.url, certificates: timestamps.certificates },
    }),
    fail: (service, fault, times) => services[service].fail(fault, times),
    requests: (service) => services[service].requests(),
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(services).map((service) => service[Symbol.asyncDispose]()));
    },
  };
}

const keyPair = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'P-256' });

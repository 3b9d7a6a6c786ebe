import type { Bundle, TransparencyLogEntry } from '@sigstore/bundle';
import { SigningError } from '../error.ts';
import type { Certificate } from './certificate.ts';
import type { Instance } from './instance.ts';
import type { AskOptions, Service } from './service.ts';
import { signatureOf } from './signed-bundle.ts';
import { requestTimestamp, timesOf } from './timestamp.ts';

export interface WitnessOptions extends AskOptions {
  readonly certificate: Certificate;
  /** Has the log take the signature in. */
  readonly log: (rekor: Service) => Promise<TransparencyLogEntry>;
}

/** Adds to a bundle what its witnesses say, each asked at the same time; their times must lie in that of the certificate. */
export async function witness(
  { rekor, timestamps }: Instance,
  bundle: Bundle,
  { certificate, log, ...asked }: WitnessOptions,
): Promise<void> {
  const { verificationMaterial } = bundle;
  const [entries, stamps] = await Promise.all([
    rekor === undefined ? [] : [await log(rekor)],
    timestamps === undefined
      ? []
      : [await requestTimestamp(timestamps, signatureOf(bundle), asked)],
  ]);
  verificationMaterial.tlogEntries = entries;
  verificationMaterial.timestampVerificationData = {
    rfc3161Timestamps: stamps.map((signedTimestamp) => ({ signedTimestamp })),
  };
  for (const { integratedTime } of rekor === undefined ? [] : entries) {
    refuseSkew(rekor, new Date(Number(integratedTime) * 1000), certificate);
  }
  for (const time of timestamps === undefined ? [] : timesOf(timestamps, bundle)) {
    refuseSkew(timestamps, time, certificate);
  }
}

function refuseSkew(service: Service | undefined, time: Date, certificate: Certificate): void {
  const { validFrom, validTo } = certificate;
  // Whole seconds, as the log and the certificate count.
  const isWithin = time.getTime() >= validFrom.getTime() - 999 && time <= validTo;
  if (isWithin || service === undefined) return;
  const { name, url } = service;
  const term = `from ${validFrom.toISOString()} to ${validTo.toISOString()}`;
  throw new SigningError(
    'CLOCK_SKEW',
    `${name} at ${url.host} saw the signature at ${time.toISOString()}, and its certificate is good ${term}`,
    { hint: 'Run the job again; where the services are your own, set their clocks.' },
  );
}

import type { KeyObject } from 'node:crypto';
import { OciError } from '@oci-matrix/oci';
import { SigningError } from '../error.ts';
import type { Certificate } from './certificate.ts';
import { requestCertificate } from './fulcio.ts';
import { type IdToken, readIdToken } from './id-token.ts';
import type { Identity } from './identity-verifier.ts';
import type { Instance } from './instance.ts';
import type { AskOptions } from './service.ts';

/** Gives certificates of one identity. */
export interface CertificateSource extends Identity {
  /** One that stays valid for the signature at hand; many signatures share it. */
  certificate(options: AskOptions): Promise<Certificate>;
}

export interface CertificateSourceOptions {
  readonly instance: Instance;
  readonly identityToken: () => Promise<string>;
  readonly key: KeyObject;
  readonly now: () => Date;
}

/** What a certificate, or a token, must still be good for: a log that takes its time. */
const reserveMs = 120_000;

/** Finds out who the token is for, and certifies the key for that when it is needed. */
export async function createCertificateSource({
  instance: { fulcio },
  identityToken,
  key,
  now,
}: CertificateSourceOptions): Promise<CertificateSource> {
  let token = readIdToken(await fetchToken(identityToken), now());
  let current: Promise<Certificate> | undefined;
  const { identity, issuer } = token;
  const outlasts = (end: Date): boolean => end.getTime() - now().getTime() > reserveMs;

  const renew = async (options: AskOptions): Promise<Certificate> => {
    if (token.expiresAt <= now()) {
      const next = readIdToken(await fetchToken(identityToken), now());
      refuseOther(next, { identity, issuer });
      token = next;
    }
    return requestCertificate(fulcio, token, { key, now, ...options });
  };
  return {
    identity,
    issuer,
    async certificate(options) {
      const previous = current;
      const found = await previous?.catch(() => undefined);
      if (found !== undefined && outlasts(found.validTo)) return found;
      // Whoever comes first renews it; the others wait for the same.
      if (current === previous) current = renew(options);
      return current ?? renew(options);
    },
  };
}

async function fetchToken(identityToken: () => Promise<string>): Promise<string> {
  try {
    return await identityToken();
  } catch (error) {
    if (error instanceof OciError) throw error;
    // Its own words may hold the token.
    throw new SigningError('ID_TOKEN', 'there is no id token: whoever gives them failed', {
      hint: 'Find out why no id token was given; without one there is no keyless signature.',
    });
  }
}

function refuseOther(token: IdToken, { identity, issuer }: Identity): void {
  if (token.identity === identity && token.issuer === issuer) return;
  throw new SigningError(
    'ID_TOKEN',
    `the id token is now of "${token.identity}" (${token.issuer}), and was of "${identity}" (${issuer})`,
    { hint: 'Sign as one identity: open a signer for each.' },
  );
}

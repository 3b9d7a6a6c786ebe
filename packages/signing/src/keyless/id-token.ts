import { shown } from '@oci-matrix/oci';
import { SigningError } from '../error.ts';
import { memberOf } from '../json.ts';

/** An OpenID Connect token, and what Fulcio will make of it. */
export interface IdToken {
  /** Secret. */
  readonly text: string;
  readonly issuer: string;
  /** What a certificate for it names: a workflow, an e-mail address or a subject. */
  readonly identity: string;
  /** What Fulcio wants signed, to see that whoever shows the token has the key. */
  readonly challenge: string;
  readonly expiresAt: Date;
}

/** How far two clocks may differ before it counts. */
export const toleratedSkewMs = 60_000;

const hint =
  'Ask for a token with the audience "sigstore", in this very job; tokens of GitHub are good for minutes.';

/**
 * Reads a token as Fulcio does, without verifying it, which is Fulcio's part; throws `ID_TOKEN`, which never quotes it.
 * https://github.com/sigstore/fulcio/blob/v1.8.0/docs/oidc.md
 */
export function readIdToken(text: string, now: Date): IdToken {
  const claims = claimsOf(text);
  refuseAudience(memberOf(claims, 'aud'));
  const expiresAt = dateOf(memberOf(claims, 'exp'));
  if (expiresAt === undefined) throw unfit('does not say until when it is good');
  if (expiresAt <= now) {
    throw unfit(`was good until ${expiresAt.toISOString()}, and it is ${now.toISOString()}`);
  }
  const since = dateOf(memberOf(claims, 'nbf'));
  if (since !== undefined && since.getTime() > now.getTime() + toleratedSkewMs) {
    throw unfit(`is good from ${since.toISOString()} on, and it is ${now.toISOString()}`);
  }
  return { text, expiresAt, ...subjectOf(claims) };
}

function claimsOf(text: string): unknown {
  const parts = text.split('.');
  if (text.trim() === '') throw unfit('is empty');
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString());
    if (parts.length === 3 && typeof claims === 'object' && claims !== null) return claims;
  } catch {
    // The parser's own words would quote the token.
  }
  throw unfit(`is no JSON Web Token: ${parts.length} parts, ${text.length} characters`);
}

function refuseAudience(audience: unknown): void {
  const audiences: unknown[] = Array.isArray(audience) ? audience : [audience];
  if (audiences.includes('sigstore')) return;
  throw unfit(`has the audience ${audiences.slice(0, 3).map(shown).join(', ')}, not "sigstore"`);
}

function subjectOf(claims: unknown): Pick<IdToken, 'issuer' | 'identity' | 'challenge'> {
  const claim = (name: string): string => {
    const value = memberOf(claims, name);
    return typeof value === 'string' ? value : '';
  };
  // A broker says whose word it passes on.
  const connector = memberOf(memberOf(claims, 'federated_claims'), 'connector_id');
  const issuer = typeof connector === 'string' ? connector : claim('iss');
  const email = claim('email');
  if (email !== '' && memberOf(claims, 'email_verified') !== true) {
    throw unfit('has an e-mail address that its issuer did not verify');
  }
  const challenge = email || claim('sub');
  const identity = workflowIdentity(issuer, claim('job_workflow_ref')) || challenge;
  if (issuer === '' || identity === '') throw unfit('says neither who issued it nor for whom');
  return { issuer, identity, challenge };
}

// GitHub's own issuer may have a path behind it (that of an enterprise), and one of ghe.com its own host.
function workflowIdentity(issuer: string, workflow: string): string {
  if (workflow === '') return '';
  const host = /^https:\/\/token\.actions\.(?<host>[a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer);
  return `https://${host?.groups?.host ?? 'github.com'}/${workflow}`;
}

const dateOf = (seconds: unknown): Date | undefined =>
  typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds < 1e11
    ? new Date(seconds * 1000)
    : undefined;

const unfit = (what: string): SigningError =>
  new SigningError('ID_TOKEN', `the id token ${what}`, { hint });

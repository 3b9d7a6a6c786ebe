import { randomUUID } from 'node:crypto';

/** Which job of which attempt of which run a token speaks for. */
export interface JobIdentity {
  readonly run: string;
  readonly job: string;
  readonly attempt: number;
  /** The first attempt whose artifacts this job may see: "re-run all jobs" hides the earlier ones. */
  readonly since: number;
}

/** What a job is issued: an identity, and the token that stands for it. */
export interface IssuedToken extends JobIdentity {
  readonly token: string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A runtime token as the toolkit decodes it: a JWT whose `scp` names run and job. It is unsigned:
 * the service knows the tokens it issued, and takes no other.
 */
export function issueToken({
  run,
  attempt = 1,
  since = 1,
}: {
  readonly run: string;
  readonly attempt?: number;
  readonly since?: number;
}): IssuedToken {
  const job = randomUUID();
  const payload = { scp: `Actions.Example Actions.Results:${run}:${job}`, nonce: randomUUID() };
  const token = `${encode({ typ: 'JWT', alg: 'none' })}.${encode(payload)}.${randomUUID()}`;
  return { run, job, attempt, since, token };
}

import { AuthError } from '../error/auth-error.ts';
import { printable } from '../transport/printable.ts';
import type { Credential } from './credential.ts';
import type { RunHelper } from './run-helper.ts';
import { helperServer } from './server-key.ts';

const absent = /credentials not found|no credentials server url|no usernames for/i;

/**
 * Asks a helper by the protocol of https://github.com/docker/docker-credential-helpers/blob/v0.9.3/README.md#development
 * `'no-program'` if it is not installed; throws `AuthError` if it fails.
 */
export async function askHelper(
  run: RunHelper,
  name: string,
  registry: string,
): Promise<Credential | 'no-program' | undefined> {
  const program = `docker-credential-${name}`;
  const result = await run(name, helperServer(registry));
  if (result === undefined) return 'no-program';
  if (result.exitCode !== 0) {
    if (absent.test(result.stdout)) return undefined;
    const said = printable(result.stdout, 200);
    throw new AuthError(
      'NO_CREDENTIALS',
      `${program} failed for ${registry} with status ${result.exitCode}: ${said}`,
    );
  }
  return parseAnswer(result.stdout, program);
}

function parseAnswer(text: string, program: string): Credential | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    // What it said may be half of a secret.
    throw new AuthError('NO_CREDENTIALS', `the answer of ${program} is not JSON`);
  }
  if (typeof answer !== 'object' || answer === null) return undefined;
  const username = 'Username' in answer ? answer.Username : undefined;
  const secret = 'Secret' in answer ? answer.Secret : undefined;
  if (typeof username !== 'string' || typeof secret !== 'string' || secret === '') return undefined;
  return username === '<token>' ? { identityToken: secret } : { username, password: secret };
}

import { AuthError } from '../error/auth-error.ts';
import type { ConfigPath } from './config-paths.ts';
import { objectOf } from './json.ts';

/**
 * The parts of Docker's `config.json` and podman's `auth.json` that are about credentials. `HttpHeaders` is not among them: those
 * go to Docker's daemon, and may be a secret of it (https://docs.docker.com/reference/cli/docker/#custom-http-headers).
 */
export interface ConfigFile {
  readonly path: string;
  /** Entries by registry, not looked into: one that is broken is no matter of the other registries. */
  readonly entries: Readonly<Record<string, unknown>>;
  /** Names of helpers by registry. */
  readonly helpers: Readonly<Record<string, unknown>>;
  /** The helper for all other registries. */
  readonly store: string | undefined;
}

/** Reads a configuration file; throws `AuthError` with its path if it is not JSON. No value of it is ever in a message. */
export function parseConfigFile(text: string, { path, form }: ConfigPath): ConfigFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new AuthError('NO_CREDENTIALS', `${path} is not JSON`);
  }
  const file = objectOf(parsed);
  if (form === 'legacy') return { path, entries: file, helpers: {}, store: undefined };
  return {
    path,
    entries: objectOf(file.auths),
    helpers: objectOf(file.credHelpers),
    store: file.credsStore ? helperName(file.credsStore, path) : undefined,
  };
}

/** A name that becomes that of a program: nothing that is a path. Throws `AuthError`. */
export function helperName(value: unknown, path: string): string {
  if (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
  const what = `${path} names a credential helper that is no name of a program`;
  throw new AuthError('NO_CREDENTIALS', what);
}

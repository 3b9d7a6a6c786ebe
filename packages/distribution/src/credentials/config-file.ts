import { AuthError } from '../error/auth-error.ts';
import type { Credential } from './credential.ts';

/** The parts of Docker's `config.json` and podman's `auth.json` that are about credentials. */
export interface ConfigFile {
  readonly credentials: Readonly<Record<string, Credential>>;
  /** Names of helpers by registry. */
  readonly helpers: Readonly<Record<string, string>>;
  /** The helper for all other registries. */
  readonly store: string | undefined;
}

/** Reads a configuration file; throws `AuthError` with its path if it is not JSON. No value of it is ever in a message. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new AuthError('NO_CREDENTIALS', `${path} is not JSON`);
  }
  const file = objectOf(parsed);
  const credentials: Record<string, Credential> = {};
  for (const [key, entry] of Object.entries(objectOf(file.auths))) {
    const credential = parseEntry(objectOf(entry), `${path}: the entry ${JSON.stringify(key)}`);
    if (credential !== undefined) credentials[key] = credential;
  }
  const helpers: Record<string, string> = {};
  for (const [key, name] of Object.entries(objectOf(file.credHelpers))) {
    helpers[key] = helperName(name, path);
  }
  const store = file.credsStore ? helperName(file.credsStore, path) : undefined;
  return { credentials, helpers, store };
}

function parseEntry(
  entry: Readonly<Record<string, unknown>>,
  what: string,
): Credential | undefined {
  const registryToken = textOf(entry.registrytoken);
  if (registryToken !== '') return { registryToken };
  const identityToken = textOf(entry.identitytoken);
  if (identityToken !== '') return { identityToken };
  const auth = textOf(entry.auth);
  if (auth !== '') {
    // A password may have colons, and old versions of Docker padded the text with NUL.
    const pair = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = pair.indexOf(':');
    if (colon < 1)
      throw new AuthError('NO_CREDENTIALS', `${what} has no user name and password in "auth"`);
    return { username: pair.slice(0, colon), password: pair.slice(colon + 1) };
  }
  const [username, password] = [textOf(entry.username), textOf(entry.password)];
  return username === '' ? undefined : { username, password };
}

// It becomes the name of a program: nothing that is a path.
function helperName(value: unknown, path: string): string {
  if (typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) return value;
  throw new AuthError(
    'NO_CREDENTIALS',
    `${path} names a credential helper that is no name of a program`,
  );
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

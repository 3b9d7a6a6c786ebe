import { readFile } from 'node:fs/promises';
import { githubIdentityToken } from './identity-token.ts';
import { InputError } from './input-error.ts';
import type { RunContext } from './run-context.ts';

interface SigningInputs {
  readonly key: string | undefined;
  readonly keyPassword: string | undefined;
  readonly signCommand: string | undefined;
  readonly keyless: boolean;
  readonly fulcioUrl: string;
  readonly rekorUrl: string;
  readonly timestampUrl: string | undefined;
}

interface TrustInputs {
  readonly publicKey: string | undefined;
  readonly trustedRoot: string | undefined;
}

interface VerifierInputs extends TrustInputs {
  readonly certificateIdentity: string | undefined;
  readonly certificateOidcIssuer: string;
}

/** A way to sign, with all that it takes. */
export type SignerOptions =
  | { readonly kind: 'key'; readonly key: string; readonly password: string | undefined }
  | {
      readonly kind: 'command';
      /** For a shell. */
      readonly command: string;
      /** PEM. */
      readonly publicKey: string;
      readonly onLine: (line: string) => void;
    }
  | {
      readonly kind: 'keyless';
      readonly identityToken: () => Promise<string>;
      readonly fulcioUrl: string;
      /** `none` where no log is to see the signatures. */
      readonly rekorUrl: string;
      readonly timestampUrl: string | undefined;
      /** JSON. */
      readonly trustedRoot: string | undefined;
    };

/** Whose signatures count. */
export type VerifierOptions =
  | { readonly publicKey: string }
  | { readonly identity: string; readonly issuer: string; readonly trustedRoot: string };

type Context = Pick<RunContext, 'env' | 'secrets' | 'log' | 'signal'>;

/** How a step signs; undefined where none of the three ways is given. Secrets of the environment are masked first. */
export async function signerOptions(
  inputs: SigningInputs & TrustInputs,
  context: Context,
): Promise<SignerOptions | undefined> {
  const { key, signCommand, keyless } = inputs;
  refuseSeveral({ key, 'sign-command': signCommand, keyless: keyless || undefined });
  if (key !== undefined) return keyOptions(key, inputs, context);
  if (inputs.keyPassword !== undefined) throw unused('key-password', 'key');
  if (signCommand !== undefined) {
    const onLine = (line: string): void => context.log.info(line);
    const publicKey = await textOf('public-key', inputs.publicKey, isPem);
    if (publicKey === undefined) throw needed('sign-command', 'public-key');
    return { kind: 'command', command: signCommand, publicKey, onLine };
  }
  if (!keyless) return undefined;
  return {
    kind: 'keyless',
    identityToken: () => githubIdentityToken(context),
    fulcioUrl: inputs.fulcioUrl,
    rekorUrl: inputs.rekorUrl,
    timestampUrl: inputs.timestampUrl,
    trustedRoot: await textOf('trusted-root', inputs.trustedRoot),
  };
}

/** Whose signatures count; undefined where nothing says so. */
export async function verifierOptions(
  inputs: VerifierInputs,
): Promise<VerifierOptions | undefined> {
  const { certificateIdentity: identity, certificateOidcIssuer: issuer } = inputs;
  const publicKey = await textOf('public-key', inputs.publicKey, isPem);
  if (publicKey !== undefined && identity !== undefined) {
    throw several(['public-key', 'certificate-identity']);
  }
  if (publicKey !== undefined) return { publicKey };
  if (identity === undefined) return undefined;
  const trustedRoot = await textOf('trusted-root', inputs.trustedRoot);
  if (trustedRoot === undefined) throw needed('certificate-identity', 'trusted-root');
  return { identity, issuer, trustedRoot };
}

function keyOptions(
  text: string,
  { keyPassword }: Pick<SigningInputs, 'keyPassword'>,
  { env, secrets }: Context,
): SignerOptions {
  const name = /^env:\/\/(?<name>\w+)$/.exec(text)?.groups?.name;
  const key = name === undefined ? text : env[name];
  const password = keyPassword ?? env.COSIGN_PASSWORD;
  for (const secret of [key, password]) if (secret) secrets.add(secret);
  if (key) return { kind: 'key', key, password };
  throw new InputError([
    {
      input: 'key',
      reason: `names the variable ${name}, which is not set`,
      hint: 'Set it in the "env:" of the step, from a secret; secrets are empty in runs from forks.',
    },
  ]);
}

const isPem = (text: string): boolean => text.startsWith('-----BEGIN');

/** What an input has, or the file that it names. */
async function textOf(
  input: string,
  value: string | undefined,
  isText: (value: string) => boolean = () => false,
): Promise<string | undefined> {
  if (value === undefined || isText(value)) return value;
  return readFile(value, 'utf8').catch((cause: unknown) => {
    throw new InputError([
      {
        input,
        reason: `cannot be read as a file: ${cause instanceof Error ? cause.message : cause}`,
        hint: 'Name a file that a step before this one made, or that was checked out.',
      },
    ]);
  });
}

function refuseSeveral(ways: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(ways).filter((name) => ways[name] !== undefined);
  if (given.length > 1) throw several(given);
}

const several = (inputs: readonly string[]): InputError =>
  new InputError([
    {
      input: inputs[0] ?? '',
      reason: `cannot go with ${inputs.slice(1).join(' and ')}`,
      hint: `Give one of ${inputs.join(', ')}.`,
    },
  ]);

const needed = (by: string, input: string): InputError =>
  new InputError([
    {
      input,
      reason: `is needed by ${by}, and was not given`,
      hint: `Set "${input}", or leave out "${by}".`,
    },
  ]);

const unused = (input: string, by: string): InputError =>
  new InputError([
    { input, reason: `does nothing without ${by}`, hint: `Leave out "${input}", or set "${by}".` },
  ]);

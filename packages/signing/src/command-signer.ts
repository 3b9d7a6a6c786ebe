import { SigningError } from './error.ts';
import { derOfNumbers } from './p1363.ts';
import { payloadSigner } from './payload-signer.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import { runCommand } from './run-command.ts';
import type { Signer } from './signer.ts';

export interface CommandSignerOptions {
  /** What bash runs, or sh where there is no bash, once for each signature. */
  readonly command: string;
  /** The key, in PEM, that the command signs with: what it prints is verified at once. */
  readonly publicKey: string;
  /** Its environment: by default that of this process without the inputs of the action, which have secrets. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Milliseconds for one signature; five minutes by default. */
  readonly timeout?: number | undefined;
  /** Takes each line that the command says on standard error. */
  readonly onLine?: ((line: string) => void) | undefined;
}

const fiveMinutes = 5 * 60 * 1000;

/**
 * Signs with a command, as one that asks a key management service. It gets on standard input the bytes that are to be
 * signed, less than 4 KiB that are not hashed yet, and prints the signature: its bytes, or those in base64. ECDSA may be
 * DER or two numbers; RSA must be PKCS#1 v1.5.
 *
 * - AWS hashes where the message is `RAW`: `aws kms sign --key-id … --message fileb:///dev/stdin --message-type RAW
 *   --signing-algorithm RSASSA_PKCS1_V1_5_SHA_256 --query Signature --output text`. With `DIGEST`, the
 *   command puts `openssl dgst -sha256 -binary` before it.
 * - Google's client hashes, and wants files: `d=$(mktemp -d); cat > $d/in; gcloud kms asymmetric-sign --version … --key …
 *   --keyring … --location … --digest-algorithm sha256 --input-file $d/in --signature-file $d/out >&2; cat $d/out`.
 * - Azure takes the hash alone: `az keyvault key sign --id … --algorithm RS256 --digest "$(openssl dgst -sha256 -binary |
 *   base64 -w0)" --query signature --output tsv`.
 *
 * A P-384 key of a service signs SHA-384: `cosign verify` then needs `--signature-digest-algorithm sha384`.
 * Throws `KEY_INVALID`, and `SIGN_COMMAND` when it signs.
 */
export function openCommandSigner({
  command,
  publicKey: pem,
  env = withoutInputs(process.env),
  timeout = fiveMinutes,
  onLine = () => undefined,
}: CommandSignerOptions): Signer {
  const key = parsePublicKey(pem);
  return payloadSigner(key, async (bytes, { signal }) => {
    const printed = await runCommand(bytes, { command, env, timeout, signal, onLine });
    return signatureIn(printed, bytes, key);
  });
}

/** Finds out by the key what was printed. */
function signatureIn(printed: Buffer, bytes: Uint8Array, key: PublicKey): Uint8Array {
  const found = readings(printed, key).find((signature) => key.verifies(bytes, signature));
  if (found !== undefined) return found;
  throw new SigningError(
    'SIGN_COMMAND',
    `the command that signs printed ${printed.byteLength} bytes, which are no signature by ${key.algorithm.name} of the key ${key.digest}`,
    {
      hint: 'Check that the public key is of the key that the command uses, that it hashes its input once, with SHA-256, and that RSA is PKCS#1 v1.5 and not PSS.',
    },
  );
}

function readings(printed: Buffer, { algorithm: { fieldSize } }: PublicKey): Uint8Array[] {
  // Both alphabets: Node decodes base64url as well.
  const plain = [printed, Buffer.from(printed.toString('latin1'), 'base64')];
  if (fieldSize === undefined) return plain;
  const numbers = plain.filter(({ byteLength }) => byteLength === 2 * fieldSize);
  return [...plain, ...numbers.map(derOfNumbers)];
}

const withoutInputs = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^INPUT_/i.test(name)));

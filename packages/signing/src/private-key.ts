import { createPrivateKey, type KeyObject } from 'node:crypto';
import { cosignKeyLabels, decryptCosignKey } from './cosign-key.ts';
import { SigningError } from './error.ts';
import { type PemBlock, pemBlocks, pemBytes } from './pem.ts';

/** A private key as it is kept. */
export interface KeyText {
  /** PEM: PKCS#8, `EC PRIVATE KEY` (SEC1), `RSA PRIVATE KEY` (PKCS#1), or cosign's own, encrypted or not. */
  readonly key: string;
  readonly password?: string | undefined;
}

const plainLabels = new Set(['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY']);
const encryptedLabel = 'ENCRYPTED PRIVATE KEY';
const maxSize = 64 * 1024;

/** Reads a private key; throws `KEY_INVALID`, or `KEY_PASSWORD` where it does not open. No text of it is ever in an error. */
export async function readPrivateKey({ key, password }: KeyText): Promise<KeyObject> {
  const block = privateBlock(key);
  if (!cosignKeyLabels.has(block.label)) return readPem(block, password);
  // cosign encrypts with an empty password where it is given none.
  const der = await decryptCosignKey(pemBytes(block), password ?? '');
  if (der === undefined) throw locked(password);
  return parse({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}

/** The block of the key: others, as the parameters of a curve or a certificate, may be around it. */
function privateBlock(key: string): PemBlock {
  if (key.length > maxSize) throw notPrivate(`the key has ${key.length} characters`);
  const blocks = pemBlocks(key);
  const [first] = blocks;
  if (first === undefined) throw notPrivate('the key is not PEM');
  const found = blocks.find(({ label }) => isPrivate(label));
  if (found !== undefined) return found;
  const labels = blocks.map(({ label }) => `"${label}"`).join(', ');
  throw notPrivate(`the key is PEM of the label ${labels}`);
}

const isPrivate = (label: string): boolean =>
  plainLabels.has(label) || label === encryptedLabel || cosignKeyLabels.has(label);

function readPem({ label, text }: PemBlock, password: string | undefined): KeyObject {
  const isEncrypted = label === encryptedLabel || /^Proc-Type: 4,ENCRYPTED$/m.test(text);
  if (!isEncrypted) return parse({ key: text });
  if (password === undefined) throw locked(password);
  try {
    return createPrivateKey({ key: text, passphrase: password });
  } catch (cause) {
    if (isUnsupported(cause)) {
      throw notPrivate('the key is encrypted in a way that OpenSSL does not support', cause);
    }
    throw locked(password, cause);
  }
}

// A wrong password may as well decrypt to what looks like bytes of something else: every other failure is one.
const isUnsupported = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_EVP_UNSUPPORTED';

function parse(source: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(source);
  } catch (cause) {
    throw notPrivate('the key cannot be read', cause);
  }
}

const notPrivate = (message: string, cause?: unknown): SigningError =>
  new SigningError('KEY_INVALID', message, {
    hint: 'Give a private key as PEM, e.g. what "cosign generate-key-pair" or "openssl genpkey" writes.',
    cause,
  });

const locked = (password: string | undefined, cause?: unknown): SigningError =>
  password === undefined
    ? new SigningError('KEY_PASSWORD', 'the key is encrypted, and there is no password for it', {
        hint: 'Give the password of the key, from a secret.',
      })
    : new SigningError('KEY_PASSWORD', 'the password does not open the key', {
        hint: 'Check that the secrets of the key and of its password belong to each other, and that the password has no line break at its end.',
        cause,
      });

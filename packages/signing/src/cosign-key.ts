import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { shown } from '@oci-matrix/oci';
import { SigningError } from './error.ts';
import { memberOf } from './json.ts';

const derive: (
  password: string,
  salt: Uint8Array,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
) => Promise<Buffer> = promisify(scrypt);

/** What cosign has called its encrypted keys, first and since 2.0. */
export const cosignKeyLabels: ReadonlySet<string> = new Set([
  'ENCRYPTED COSIGN PRIVATE KEY',
  'ENCRYPTED SIGSTORE PRIVATE KEY',
]);

// https://www.rfc-editor.org/rfc/rfc7914#section-2: 128·N·r bytes are held, and filled p times. cosign writes 64 MiB, and reads up to 128.
const maxWork = 256 * 1024 * 1024;

interface Sealed {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Uint8Array;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** Decrypts the content of a key of cosign, JSON with scrypt and NaCl's secretbox, to the DER of PKCS#8; undefined where the password is wrong. */
export async function decryptCosignKey(
  content: Uint8Array,
  password: string,
): Promise<Uint8Array | undefined> {
  const { N, r, p, salt, nonce, ciphertext } = parseSealed(content);
  const key = await derive(password, salt, 32, { N, r, p, maxmem: 2 * maxWork });
  try {
    return xsalsa20poly1305(key, nonce).decrypt(ciphertext);
  } catch {
    return undefined;
  }
}

function parseSealed(content: Uint8Array): Sealed {
  const document = parseContent(content);
  const [kdf, cipher] = [memberOf(document, 'kdf'), memberOf(document, 'cipher')];
  expectName('key derivation', kdf, 'scrypt');
  expectName('cipher', cipher, 'nacl/secretbox');
  const nonce = bytesOf(memberOf(cipher, 'nonce'));
  if (nonce.byteLength !== 24) throw unreadable(`its nonce has ${nonce.byteLength} bytes, not 24`);
  return {
    ...parseParameters(memberOf(kdf, 'params')),
    salt: bytesOf(memberOf(kdf, 'salt')),
    nonce,
    ciphertext: bytesOf(memberOf(document, 'ciphertext')),
  };
}

function parseContent(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    // The error of the parser would quote the key.
    throw unreadable('its content is not JSON');
  }
}

function parseParameters(params: unknown): Pick<Sealed, 'N' | 'r' | 'p'> {
  const [N, r, p] = ['N', 'r', 'p'].map((name) => countOf(memberOf(params, name)));
  if (
    N === undefined ||
    r === undefined ||
    p === undefined ||
    N < 2 ||
    !Number.isInteger(Math.log2(N))
  ) {
    throw unreadable('its scrypt parameters are not numbers that scrypt takes');
  }
  if (128 * N * r * p > maxWork) {
    throw unreadable(
      `scrypt with N ${N}, r ${r} and p ${p} goes through more than ${maxWork / 1024 / 1024} MiB`,
    );
  }
  return { N, r, p };
}

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;

const bytesOf = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : '', 'base64');

function expectName(what: string, value: unknown, expected: string): void {
  const found = memberOf(value, 'name');
  if (found !== expected) throw unreadable(`its ${what} is ${shown(found)}, not "${expected}"`);
}

const unreadable = (why: string): SigningError =>
  new SigningError('KEY_INVALID', `the key of cosign cannot be read: ${why}`, {
    hint: 'Give the whole text of the file that cosign wrote.',
  });

import { type KeyObject, randomBytes, scryptSync } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';

export interface SealOptions {
  readonly password: string;
  readonly label?: string;
  /** Over what is written of scrypt; the key is derived with the cheap parameters all the same. */
  readonly params?: object;
  readonly kdf?: object;
  readonly cipher?: object;
}

const cheap = { N: 1024, r: 8, p: 1 };

/** Encrypts a key as cosign does. For tests. */
export function sealAsCosign(privateKey: KeyObject, options: SealOptions): string {
  const { password, label = 'ENCRYPTED SIGSTORE PRIVATE KEY', params = cheap } = options;
  const [salt, nonce] = [randomBytes(32), randomBytes(24)];
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const box = xsalsa20poly1305(scryptSync(password, salt, 32, cheap), nonce).encrypt(der);
  const content = JSON.stringify({
    kdf: { name: 'scrypt', params, salt: salt.toString('base64'), ...options.kdf },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64'), ...options.cipher },
    ciphertext: Buffer.from(box).toString('base64'),
  });
  const base64 = Buffer.from(content).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;
}

import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SigningSubject } from './signer.ts';

/** Every kind of key that signs. */
export const keyKinds = ['P-256', 'P-384', 'RSA', 'Ed25519'] as const;

export type KeyKind = (typeof keyKinds)[number];

export interface TestKey {
  readonly privateKey: KeyObject;
  /** PKCS#8 in PEM. */
  readonly pem: string;
  readonly publicPem: string;
}

/** Makes a new key. For tests. */
export function makeKey(kind: KeyKind): TestKey {
  const { privateKey, publicKey } = generate(kind);
  return {
    privateKey,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function generate(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  switch (kind) {
    case 'P-256':
    case 'P-384':
      return generateKeyPairSync('ec', { namedCurve: kind });
    case 'RSA':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'Ed25519':
      return generateKeyPairSync('ed25519');
  }
}

/** Something to sign. For tests. */
export const subject: SigningSubject = {
  image: { registry: 'registry.acme.io', repository: 'acme/app' },
  digest: `sha256:${'ab'.repeat(32)}`,
};

import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** The kinds of keys that we sign with. */
export const keyKinds = ['P-256', 'P-384', 'RSA', 'Ed25519'] as const;

export type KeyKind = (typeof keyKinds)[number];

/** A key pair in PEM. */
export interface PemPair {
  readonly key: string;
  readonly publicKey: string;
}

export function makePair(kind: KeyKind): PemPair {
  const { privateKey, publicKey } = generate(kind);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
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

import { createHash } from 'node:crypto';
import { OciError } from './error.ts';
import { shown } from './shown.ts';

/** The algorithms registered by https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md#registered-algorithms that we read and write. */
export type Algorithm = 'sha256' | 'sha512';

/** `sha256:` and 64, or `sha512:` and 128 lowercase hex digits. Only `parseDigest` and `digestOf` make one. */
export type Digest = `${Algorithm}:${string}`;

/** Digests what arrives in pieces. */
export interface Digester {
  update(chunk: Uint8Array): void;
  digest(): Digest;
}

/** Text that was meant to be a digest, and is not one. */
export class InvalidDigestError extends OciError {
  override readonly name = 'InvalidDigestError';
  readonly code = 'INVALID_DIGEST';

  constructor(text: unknown) {
    super(`not a digest: ${shown(text)}`, {
      hint: 'Write it as "sha256:" and 64 lowercase hex digits.',
    });
  }
}

const pattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

export const isDigest = (value: unknown): value is Digest =>
  typeof value === 'string' && pattern.test(value);

/** Reads a digest; throws `InvalidDigestError`, so that no unchecked text reaches a URL or a path. */
export function parseDigest(value: unknown): Digest {
  if (!isDigest(value)) throw new InvalidDigestError(value);
  return value;
}

export const algorithmOf = (digest: Digest): Algorithm =>
  digest.startsWith('sha512:') ? 'sha512' : 'sha256';

/** The hex digits behind the colon. */
export const encodedOf = (digest: Digest): string => digest.slice(digest.indexOf(':') + 1);

export function createDigester(algorithm: Algorithm = 'sha256'): Digester {
  const hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => `${algorithm}:${hash.digest('hex')}`,
  };
}

export function digestOf(content: Uint8Array | string, algorithm: Algorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

import type { Repository } from '@oci-matrix/distribution';
import type { Digest } from '@oci-matrix/oci';
import type { Verifier } from '@oci-matrix/signing';
import type { SignatureFormat } from './formats.ts';
import { holds } from './holds.ts';
import { type ReadOptions, readBundles } from './read-bundles.ts';
import { readLegacy } from './read-legacy.ts';
import type { FoundSignature, ReadSignature } from './stored-signature.ts';

export interface FindSignaturesOptions extends ReadOptions {
  readonly repository: Repository;
  readonly digest: Digest;
  /** Both unless given. */
  readonly formats?: readonly SignatureFormat[] | undefined;
  /** Who must have signed. Without one anybody may have: only the form is looked at. */
  readonly verifier?: Verifier | undefined;
}

/** The signatures of a digest that hold; at most 100 of each format are looked at, the newest of them first. */
export async function findSignatures(options: FindSignaturesOptions): Promise<FoundSignature[]> {
  const found: FoundSignature[] = [];
  for await (const one of holding(options)) found.push(one);
  return found;
}

/** The first signature that holds: no more is read than that takes. */
export async function findSignature(
  options: FindSignaturesOptions,
): Promise<FoundSignature | undefined> {
  for await (const one of holding(options)) return one;
  return undefined;
}

async function* holding(options: FindSignaturesOptions): AsyncGenerator<FoundSignature> {
  const { formats = ['bundle', 'legacy'], digest, verifier } = options;
  for (const format of formats) {
    for await (const read of readersOf[format](options.repository, digest, options)) {
      const { descriptor, reference } = read;
      if (await holds(read, digest, verifier)) yield { format, descriptor, reference };
    }
  }
}

const readersOf: Readonly<
  Record<
    SignatureFormat,
    (repository: Repository, digest: Digest, options: ReadOptions) => AsyncGenerator<ReadSignature>
  >
> = { bundle: readBundles, legacy: readLegacy };

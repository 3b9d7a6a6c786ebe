import type { Clock, Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  emptyBytes,
  emptyDescriptor,
  formatReference,
} from '@oci-matrix/oci';
import type { Signer } from '@oci-matrix/signing';
import pMap from 'p-map';
import { systemClock } from '../converge/clock.ts';
import { MatrixError } from '../error.ts';
import type { SignatureFormat } from './formats.ts';
import { holds } from './holds.ts';
import { pushBytes } from './push-bytes.ts';
import { readBundles } from './read-bundles.ts';
import { readLegacyImage, signaturesOf } from './read-legacy.ts';
import { storeBundle } from './store-bundle.ts';
import { storeLegacy, tagFor } from './store-legacy.ts';
import type { StoreOptions } from './store-options.ts';
import type { ReadSignature, StoredSignature } from './stored-signature.ts';
import { subjectsToSign } from './subjects-to-sign.ts';

export interface SignManifestOptions {
  readonly repository: Repository;
  /** What is signed: never a tag, which could move meanwhile. */
  readonly digest: Digest;
  readonly signer: Signer;
  /** At least one. */
  readonly formats: readonly SignatureFormat[];
  /** True to sign the entries of an index too, each once; false unless given. */
  readonly recursive?: boolean | undefined;
  /** Writes nothing, asks the signer for nothing, and gives what would be signed. */
  readonly dryRun?: boolean | undefined;
  /** Signatures at a time, 8 unless given. */
  readonly concurrency?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onSigned?: (signature: StoredSignature) => void;
}

/**
 * Signs a manifest and, where that is asked for, all that it names. What the signer has signed already stays as it is; what
 * it signs now is read back from the registry, and verified, before this is done. Nothing is signed unless all of it is there.
 */
export async function signManifest(options: SignManifestOptions): Promise<StoredSignature[]> {
  const { repository, digest, formats, concurrency = 8, onSigned } = options;
  const { clock = systemClock, signal = new AbortController().signal } = options;
  if (formats.length === 0) {
    throw new MatrixError('INPUT_INVALID', 'no format of signatures was given', {
      hint: 'Give "bundle", "legacy" or both.',
    });
  }
  const subjects = await subjectsToSign(repository, digest, options);
  if (formats.includes('legacy')) for (const subject of subjects) tagFor(subject);
  const wanted = subjects.flatMap((subject) =>
    [...new Set(formats)].map((format) => ({ subject, format })),
  );
  const signOne = { bundle: signBundle, legacy: signLegacy };
  let empty: Promise<void> | undefined;
  const pushEmpty = (): Promise<void> => {
    empty ??= pushBytes(repository, emptyDescriptor, emptyBytes, signal);
    return empty;
  };
  return pMap(
    wanted,
    async ({ subject, format }) => {
      signal.throwIfAborted();
      const signed = await signOne[format](subject, { ...options, pushEmpty, clock, signal });
      onSigned?.(signed);
      return signed;
    },
    { concurrency },
  );
}

type SignOne = StoreOptions & Pick<SignManifestOptions, 'dryRun'>;

async function signBundle(subject: Descriptor, options: SignOne): Promise<StoredSignature> {
  const { repository, dryRun = false, signal } = options;
  const own = await firstOwn(readBundles(repository, subject.digest, { signal }), subject, options);
  if (own !== undefined) return storedAs('present', subject, own);
  if (dryRun) return { subject: subject.digest, format: 'bundle', outcome: 'signed' };
  return storedAs('signed', subject, await storeBundle(subject, options));
}

async function signLegacy(subject: Descriptor, options: SignOne): Promise<StoredSignature> {
  const { repository, dryRun = false, signal } = options;
  const tag = tagFor(subject);
  const seen = await readLegacyImage(repository, tag, { signal });
  const read = seen && signaturesOf(repository, tag, seen, { signal });
  const own = read && (await firstOwn(read, subject, options));
  if (own !== undefined) return storedAs('present', subject, own);
  const reference = formatReference({ ...repository.name, tag });
  if (dryRun) return { subject: subject.digest, format: 'legacy', outcome: 'signed', reference };
  return storedAs('signed', subject, await storeLegacy(subject, seen, options));
}

/** The first signature that is the signer's own. */
async function firstOwn(
  all: AsyncIterable<ReadSignature>,
  { digest }: Descriptor,
  { signer }: SignOne,
): Promise<ReadSignature | undefined> {
  for await (const read of all) if (await holds(read, digest, signer.verifier)) return read;
  return undefined;
}

const storedAs = (
  outcome: StoredSignature['outcome'],
  { digest }: Descriptor,
  read: ReadSignature,
): StoredSignature => ({
  ...{ subject: digest, format: read.format, outcome },
  ...{ descriptor: read.descriptor, reference: read.reference },
  ...(read.format === 'bundle' ? { bundle: read.bytes } : {}),
});

import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { Verifier } from '@oci-matrix/signing';
import pMap from 'p-map';
import { absentChildren } from '../absent-children.ts';
import { attestationSubject } from '../attestation.ts';
import { systemClock } from '../converge/clock.ts';
import { MatrixError } from '../error.ts';
import { findSignature } from './find-signatures.ts';

/** What entries must have to come into an index. */
export interface SignatureRule {
  /** Who must have signed. Without one anybody may have: only the form of the signature is looked at. */
  readonly verifier?: Verifier | undefined;
}

export interface RefuseUnsignedOptions extends SignatureRule {
  /** Where the entries and their signatures may be; the first is where the index goes. At least one. */
  readonly repositories: readonly Repository[];
  readonly entries: readonly Descriptor[];
  /** Who gave an entry, for the error. */
  readonly legs?: ReadonlyMap<Digest, string>;
  /** True where legs may have pushed nothing: what is not there is passed over then, and no error. */
  readonly dryRun?: boolean | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

// A signature that was made just now may be shown late: ghcr.io shows a tag as it was 5 s ago.
const secondLook = 5000;

/**
 * Throws `UNSIGNED` unless every entry has a signature that holds, in one of the repositories and in either format; what
 * attests to an entry needs none. The error names all that have none. The registry is asked, and not what records say.
 */
export async function refuseUnsigned(options: RefuseUnsignedOptions): Promise<void> {
  const { entries, clock = systemClock, signal = new AbortController().signal } = options;
  const subjects = entries.filter((entry) => attestationSubject(entry) === undefined);
  let unsigned = await withoutSignature(subjects, options);
  if (unsigned.length === 0) return;
  unsigned = await present(unsigned, options);
  if (unsigned.length === 0) return;
  await clock.sleep(secondLook, signal);
  unsigned = await withoutSignature(unsigned, options);
  if (unsigned.length > 0) throw refused(unsigned, subjects.length, options);
}

async function withoutSignature(
  entries: readonly Descriptor[],
  { repositories, verifier, signal }: RefuseUnsignedOptions,
): Promise<readonly Descriptor[]> {
  let left = entries;
  for (const repository of repositories) {
    const found = await pMap(
      left,
      ({ digest }) => findSignature({ repository, digest, verifier, signal }),
      { concurrency: 16 },
    );
    left = left.filter((_, at) => found[at] === undefined);
  }
  return left;
}

// What was never pushed is not signed either: the former is what has to be said.
async function present(
  entries: readonly Descriptor[],
  { repositories, dryRun = false, signal }: RefuseUnsignedOptions,
): Promise<readonly Descriptor[]> {
  let left = entries;
  for (const { manifests } of repositories) {
    const found = await pMap(left, ({ digest }) => manifests.resolve(digest, { signal }), {
      concurrency: 16,
    });
    left = left.filter((_, at) => found[at] === undefined);
  }
  const [first] = repositories;
  if (first !== undefined && left.length > 0 && !dryRun) {
    const digests = left.map(({ digest }) => digest);
    throw absentChildren(first.name, digests);
  }
  return entries.filter((entry) => !left.includes(entry));
}

function refused(
  unsigned: readonly Descriptor[],
  total: number,
  { legs, verifier }: RefuseUnsignedOptions,
): MatrixError {
  const named = unsigned.map(({ digest }) => {
    const leg = legs?.get(digest);
    return leg === undefined || leg === digest ? digest : `${leg} (${digest})`;
  });
  const kind = verifier === undefined ? 'no signature' : 'no signature that holds';
  return new MatrixError(
    'UNSIGNED',
    `${unsigned.length} of ${total} entries that come in have ${kind}: ${named.join(', ')}`,
    {
      hint: 'Sign in each leg what it pushed with sign-manifest, with "recursive: true" where that is an index, and with the key or identity that is asked for here.',
    },
  );
}

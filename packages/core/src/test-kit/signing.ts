import { generateKeyPairSync } from 'node:crypto';
import { type Clock, openClient, type Repository } from '@oci-matrix/distribution';
import { type Digest, encodedOf } from '@oci-matrix/oci';
import { openKeySigner, type Signer } from '@oci-matrix/signing';
import type { SignatureFormat } from '../signing/formats.ts';
import { signManifest } from '../signing/sign-manifest.ts';
import type { StoredSignature } from '../signing/stored-signature.ts';
import { sleepingClock } from './clocks.ts';
import { repositoryName } from './seeds.ts';

export const bothFormats: readonly SignatureFormat[] = ['bundle', 'legacy'];

/** Every combination of a format and of a registry with and without a referrers API. */
export const everywhere = bothFormats.flatMap((format) =>
  [true, false].map((referrers) => ({ format, referrers })),
);

/** A signer with a new key. */
export function newSigner(): Promise<Signer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return openKeySigner({ key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() });
}

export interface SignOptions {
  readonly formats?: readonly SignatureFormat[];
  readonly recursive?: boolean;
  readonly dryRun?: boolean;
  readonly clock?: Clock;
  readonly repository?: string;
  readonly onSigned?: (signature: StoredSignature) => void;
}

/** Signs as a leg does, with a client of its own; every wait takes no time unless a clock is given. */
export async function sign(
  { host }: { readonly host: string },
  digest: Digest,
  signer: Signer,
  { formats = bothFormats, clock = sleepingClock(), ...options }: SignOptions = {},
): Promise<StoredSignature[]> {
  const repository = options.repository ?? repositoryName;
  await using opened = openRepositoryWith(host, clock, repository);
  const given = { ...options, repository: opened.repository, formats, clock, digest, signer };
  return await signManifest(given);
}

/** The repository by a client that goes by this clock, and tries again what may work later. */
export function openRepositoryWith(
  registry: string,
  clock: Clock,
  repository = repositoryName,
): AsyncDisposable & { readonly repository: Repository } {
  const client = openClient({ clock });
  return {
    repository: client.repository({ registry, repository }, { writes: true }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export const sigTag = (digest: Digest): string => `sha256-${encodedOf(digest)}.sig`;

export const fallbackTag = (digest: Digest): string => `sha256-${encodedOf(digest)}`;

/** A registry that can be looked into without a request. */
interface Open {
  requests(): { readonly method: string; readonly path: string }[];
  manifest(repository: string, reference: string): { readonly bytes: Uint8Array } | undefined;
}

const writing = new Set(['PUT', 'POST', 'PATCH', 'DELETE']);

/** What was written since the requests were cleared. */
export const writesTo = (registry: Open): string[] =>
  registry
    .requests()
    .filter(({ method }) => writing.has(method))
    .map(({ method, path }) => `${method} ${path}`);

/** What a tag names, as JSON text; undefined where it is not there. */
export function textAt(
  registry: Open,
  reference: string,
  repository = repositoryName,
): string | undefined {
  const found = registry.manifest(repository, reference);
  return found && Buffer.from(found.bytes).toString();
}

import { openClient } from '@oci-matrix/distribution';
import { type Descriptor, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import type { ImagePlan } from '../image-plan.ts';
import { planRemote } from '../plan-remote.ts';
import type { PushedBlob } from '../push-blobs.ts';
import { pushPlan } from '../push-plan.ts';
import { type Store, seedImage } from './seeds.ts';

/** A registry, as far as copies need one. */
interface Place extends Store {
  readonly host: string;
  manifest(repository: string, reference: string): { readonly bytes: Uint8Array } | undefined;
}

/** What was copied, and the blobs that this took. */
export interface Copied extends ImagePlan {
  readonly pushed: readonly PushedBlob[];
}

export interface CopyOptions {
  readonly tag?: string;
  readonly digest?: Descriptor['digest'];
  readonly platform?: string;
  readonly referrers?: boolean;
}

/** Copies from `octo/app` of one registry to `acme/copy` of another, or of the same. */
export async function copy(source: Place, target: Place, options: CopyOptions): Promise<Copied> {
  await using client = openClient({ retry: { attempts: 1 } });
  const from = client.repository({ registry: source.host, repository: 'octo/app' });
  const { platform, referrers = true, ...reference } = options;
  const plan = await planRemote({
    from,
    reference,
    referrers,
    platform: platform === undefined ? undefined : parsePlatform(platform),
  });
  const repository = client.repository({ registry: target.host, repository: 'acme/copy' });
  const mountFrom = source === target ? ['octo/app'] : [];
  const pushed = await pushPlan({ repository, plan, remote: true, mountFrom, tags: ['copied'] });
  return { ...plan, pushed };
}

export const bytesAt = (registry: Place, repository: string, reference: string) =>
  registry.manifest(repository, reference)?.bytes;

/** An index of two images; the platform of one is said by its config alone. */
export function seedIndex(registry: Place, ...more: readonly object[]) {
  const images = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')] as const;
  const spaced = JSON.stringify({ schemaVersion: 2, manifests: [...images, ...more] }, null, 3);
  const mediaType = mediaTypes.imageIndex;
  const index = registry.seedManifest('octo/app', spaced, { tag: '1.0', mediaType });
  return { images, index };
}

/** Something of the type `application/vnd.TEXT` that refers to a manifest. */
export const signatureOf = (registry: Place, subject: Descriptor, text: string) => {
  const { mediaType, digest, size } = subject;
  const layer = registry.seedBlob('octo/app', text);
  const config = { ...registry.seedBlob('octo/app', '{}'), mediaType: mediaTypes.empty };
  return registry.seedManifest('octo/app', {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: `application/vnd.${text}`,
    config,
    layers: [layer],
    subject: { mediaType, digest, size },
  });
};

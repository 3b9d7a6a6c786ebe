import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import type { Repository } from '../../repository.ts';
import type { CallOptions } from '../../repository-context.ts';
import { artifact } from '../../test-kit/content.ts';

export const repository = 'octo/app';
export const type = 'application/vnd.example.sbom';

/** A registry that content is put into without a request. */
interface Seeded {
  seedBlob(repository: string, content: string): Descriptor;
  seedManifest(repository: string, document: Uint8Array, options: { tag: string }): Descriptor;
}

/** Puts a manifest there that others can refer to. */
export function seed(registry: Seeded): Descriptor {
  registry.seedBlob(repository, '{}');
  return registry.seedManifest(repository, artifact(), { tag: 'v1' });
}

/** A referrer, which differs from the others by its number. */
export const referrer = (subject: Descriptor, n: number): Uint8Array =>
  artifact({ subject, artifactType: type, annotations: { n: `${n}` } });

/** Pushes a referrer. */
export const attach = (
  to: Repository,
  subject: Descriptor,
  n: number,
  options: CallOptions = {},
): Promise<Descriptor> =>
  to.manifests.push(referrer(subject, n), mediaTypes.imageManifest, options);

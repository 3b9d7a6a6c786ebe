import { type Digest, mediaTypes, parseManifest } from '@oci-matrix/oci';
import { fallbackTag } from '../fallback-tag.ts';
import { repository } from './attach.ts';

/** A registry that can be looked into without a request. */
interface Open {
  manifest(repository: string, reference: string): { readonly bytes: Uint8Array } | undefined;
}

/** What the tag really names, whatever it shows. */
export function listedAt(registry: Open, subject: Digest): Digest[] {
  const found = registry.manifest(repository, fallbackTag(subject));
  if (found === undefined) return [];
  const manifest = parseManifest(found.bytes, mediaTypes.imageIndex);
  return manifest.kind === 'index' ? manifest.index.manifests.map(({ digest }) => digest) : [];
}

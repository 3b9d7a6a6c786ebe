import { type Descriptor, formatPlatform, type ImageIndex, parseManifest } from '@oci-matrix/oci';
import type { ActionResult, Registry } from '@oci-matrix/testing';
import { type ActOptions, act } from './act.ts';
import { type Content, seed } from './content.ts';
import { type Leg, recordsOf } from './records.ts';

/** Where the tests put their indexes. */
export const repository = 'acme/app';

/** Pushes what some legs made, as they would have, and gives the document that the fan-in takes. */
export function legsOf(registry: Registry, contents: readonly Content[]): string {
  for (const content of contents) seed(registry, repository, content);
  return recordsOf(contents.map(({ descriptor }): Leg => ({ descriptor })));
}

/** Runs update-index, with the tag 1.0 unless others are named. */
export const update = (
  registry: Registry,
  given: Readonly<Record<string, string>>,
  options: ActOptions = {},
): Promise<ActionResult> =>
  act('update-index', {
    ...options,
    with: { image: `${registry.host}/${repository}`, tags: '1.0', ...given },
  });

export function indexAt(registry: Registry, reference: string): ImageIndex {
  const found = registry.manifest(repository, reference);
  const manifest = found && parseManifest(found.bytes, found.mediaType);
  if (manifest?.kind !== 'index') throw new Error(`${reference} is no index`);
  return manifest.index;
}

/** Digests of the entries at a tag, in their order. */
export const digestsAt = (registry: Registry, tag: string): string[] =>
  indexAt(registry, tag).manifests.map(({ digest }) => digest);

export const digestsOf = (...contents: readonly Content[]): string[] =>
  contents.map(({ descriptor }) => descriptor.digest);

export const platformsOf = (entries: readonly Descriptor[]): string[] =>
  entries.map(({ platform }) => (platform === undefined ? 'none' : formatPlatform(platform)));

import {
  canonicalText,
  type Descriptor,
  type Digest,
  descriptorOf,
  isImageConfigType,
  mediaTypes,
  memberSources,
} from '@oci-matrix/oci';
import type { LegacyImage } from './read-legacy.ts';

/** An image to write, and the config that it needs; without one its config stays the one it had. */
export interface MergedImage {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
  readonly config?: { readonly descriptor: Descriptor; readonly bytes: Uint8Array };
}

/**
 * The image with more layers, given as JSON text, at its end; every layer that is there, and everything else, stays byte for
 * byte as it was. Of the config, which lists the layers once more and which nobody reads, there is a new one.
 */
export function withLayers(shown: LegacyImage | undefined, added: readonly string[]): MergedImage {
  const sources = [...(shown?.sources ?? []), ...added];
  const config = configFor(shown, sources);
  const members = new Map<string, string>(shown === undefined ? fresh : membersOf(shown));
  if (config !== undefined) members.set('config', canonicalText(config.descriptor));
  members.set('layers', `[${sources.join(',')}]`);
  const text = [...members].map(([key, source]) => `${JSON.stringify(key)}:${source}`).join(',');
  const bytes = new TextEncoder().encode(`{${text}}`);
  const mediaType = shown?.descriptor.mediaType ?? mediaTypes.imageManifest;
  return {
    descriptor: descriptorOf(bytes, mediaType),
    bytes,
    ...(config === undefined ? {} : { config }),
  };
}

const fresh: readonly (readonly [string, string])[] = [
  ['schemaVersion', '2'],
  ['mediaType', JSON.stringify(mediaTypes.imageManifest)],
  ['config', '{}'],
];

const membersOf = ({ bytes }: LegacyImage): Map<string, string> =>
  memberSources(new TextDecoder().decode(bytes));

// As cosign has it. What another tool put in the place of an image's config says nothing of layers.
function configFor(shown: LegacyImage | undefined, sources: readonly string[]) {
  const mediaType = shown?.image.config.mediaType ?? mediaTypes.imageConfig;
  if (!isImageConfigType(mediaType)) return undefined;
  const diffIds = sources.map((source) => digestIn(source));
  const document = {
    architecture: '',
    os: '',
    config: {},
    rootfs: { type: 'layers', diff_ids: diffIds },
  };
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  return { descriptor: descriptorOf(bytes, mediaType), bytes };
}

const digestIn = (source: string): Digest => JSON.parse(source).digest;

import { type Descriptor, mediaTypes, type Platform, parsePlatform } from '@oci-matrix/oci';

/** Where content can be put without a request. */
export interface Store {
  seedBlob(repository: string, content: string): Descriptor;
  seedManifest(
    repository: string,
    document: object | string,
    options?: { tag?: string; mediaType?: string },
  ): Descriptor;
}

export const repositoryName = 'octo/app';

export interface SeedOptions {
  readonly tag?: string;
  /** Tells two images for one platform apart. */
  readonly text?: string;
  readonly docker?: boolean;
}

/** Puts a container image there; its descriptor is as an index entry has it. */
export function seedImage(
  store: Store,
  platformText: string,
  { tag, text = '', docker = false }: SeedOptions = {},
): Descriptor {
  const platform: Platform = parsePlatform(platformText);
  const config = store.seedBlob(repositoryName, JSON.stringify({ ...platform, text }));
  const layer = store.seedBlob(repositoryName, `layer ${platformText} ${text}`);
  const document = {
    schemaVersion: 2,
    mediaType: docker ? mediaTypes.dockerManifest : mediaTypes.imageManifest,
    config: { ...config, mediaType: docker ? mediaTypes.dockerConfig : mediaTypes.imageConfig },
    layers: [
      { ...layer, mediaType: docker ? mediaTypes.dockerLayerGzip : mediaTypes.imageLayerGzip },
    ],
  };
  const seeded = store.seedManifest(repositoryName, document, tag === undefined ? {} : { tag });
  return { ...seeded, platform };
}

/** Puts an artifact there; its descriptor is as an index entry has it. */
export function seedArtifact(
  store: Store,
  text: string,
  more: Partial<Descriptor> = {},
  options: { tag?: string } = {},
): Descriptor {
  const config = store.seedBlob(repositoryName, '{}');
  const layer = store.seedBlob(repositoryName, text);
  const artifactType = 'application/vnd.example.disk';
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType,
    config: { ...config, mediaType: mediaTypes.empty },
    layers: [layer],
  };
  return { ...store.seedManifest(repositoryName, document, options), artifactType, ...more };
}

import { type Descriptor, emptyDescriptor, mediaTypes, parseReference } from '@oci-matrix/oci';
import { repositoryName, type Store, seedImage } from '../../test-kit/seeds.ts';
import { openRepository } from '../../test-kit/test-repository.ts';
import type { App } from './app.ts';
import { layersMetaType } from './find-layers-meta.ts';
import { loadApp } from './load-app.ts';

/** Loads what is at `:TAG` or `@DIGEST` of the repository of all seeds. */
export async function load(
  registry: { readonly host: string },
  at = ':1.0',
  architecture = 'arm64',
): Promise<App> {
  await using opened = openRepository(registry.host);
  const reference = parseReference(`${registry.host}/${repositoryName}${at}`);
  return await loadApp(opened.repository, reference, architecture);
}

/** An index of two images, and one of them. */
export function seedIndex(registry: Store) {
  const arm64 = seedImage(registry, 'linux/arm64');
  const attestation = {
    ...seedImage(registry, 'unknown/unknown'),
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': arm64.digest,
    },
  };
  const manifests = [seedImage(registry, 'linux/amd64'), arm64, attestation];
  const mediaType = mediaTypes.imageIndex;
  const index = registry.seedManifest(
    repositoryName,
    { schemaVersion: 2, mediaType, manifests },
    { tag: '1.0', mediaType },
  );
  return { index, arm64 };
}

/** Puts a text there as the metadata of a manifest. */
export function attach(registry: Store, subject: Descriptor, text: string): Descriptor {
  const { digest, size, mediaType } = subject;
  registry.seedBlob(repositoryName, '{}');
  const layer = registry.seedBlob(repositoryName, text);
  return registry.seedManifest(repositoryName, {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: layersMetaType,
    config: emptyDescriptor,
    layers: [{ ...layer, mediaType: layersMetaType }],
    subject: { digest, size, mediaType },
  });
}

import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';

/** Puts an index of two container images there, written as another tool writes it, and gives its entries as text. */
export function seedContainerImages(
  registry: Registry,
  repository: string,
  tag: string,
): readonly [string, string] {
  const [amd64, arm64] = [
    entryText(seedImage(registry, repository, 'amd64'), 'amd64'),
    // A field that nobody knows, and a number that JSON.stringify would write in another way.
    entryText(seedImage(registry, repository, 'arm64'), 'arm64').replace('{', '{ "x-tool": 1.0, '),
  ];
  const text = `{
   "schemaVersion": 2,
   "mediaType": "${mediaTypes.imageIndex}",
   "manifests": [ ${amd64}, ${arm64} ]
}\n`;
  registry.seedManifest(repository, text, { tag, mediaType: mediaTypes.imageIndex });
  return [amd64, arm64];
}

function seedImage(registry: Registry, repository: string, architecture: string): Descriptor {
  const config = { architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: [] } };
  return registry.seedManifest(repository, {
    ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest },
    config: {
      ...registry.seedBlob(repository, JSON.stringify(config)),
      mediaType: mediaTypes.imageConfig,
    },
    layers: [{ ...registry.seedBlob(repository, architecture), mediaType: mediaTypes.imageLayer }],
  });
}

const entryText = (entry: Descriptor, architecture: string): string =>
  `{
      "platform": {  "os": "linux", "architecture": "${architecture}" },
      "size": ${entry.size},
      "digest": "${entry.digest}",
      "mediaType": "${entry.mediaType}"
   }`;

import { gzipSync } from 'node:zlib';
import {
  aggregate,
  type Blob,
  createRecord,
  type ImagePlan,
  planArtifact,
  type Records,
  recordText,
} from '@oci-matrix/core';
import {
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  digestOf,
  formatPlatform,
  mediaTypes,
  type Platform,
} from '@oci-matrix/oci';

/** A blob of these bytes. */
export const blobOf = (bytes: Uint8Array, mediaType: string, title?: string): Blob => ({
  descriptor: {
    ...descriptorOf(bytes, mediaType),
    ...(title === undefined ? {} : { annotations: { 'org.opencontainers.image.title': title } }),
  },
  source: {
    async *open() {
      yield bytes;
    },
  },
});

/** A container image that runtimes can unpack: one layer, an empty archive whose length sets it apart. */
export function imageFor(platform: Platform, build = 1): ImagePlan {
  const tar = Buffer.alloc(1024 + 512 * build);
  const configBytes = canonicalBytes({
    ...platform,
    config: { Labels: { platform: formatPlatform(platform), build: String(build) } },
    rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
  });
  return planArtifact({
    blobs: [blobOf(gzipSync(tar), mediaTypes.imageLayerGzip)],
    present: [],
    config: blobOf(configBytes, mediaTypes.imageConfig),
    configBytes,
  });
}

/** The records of one group, as its legs would have left them: one for each manifest. */
export function recordsOf(
  roots: readonly Pick<ImagePlan, 'root' | 'children'>[],
  image: string,
): Records {
  const total = roots.length;
  const carried = roots.map(({ root, children }, index) => {
    const record = createRecord(
      {
        ...{ group: 'app', leg: `leg-${index}`, index, total, matrix: { index } },
        run: { id: '1', number: 1, attempt: 1, job: 'push' },
      },
      { image, descriptor: root, ...(children === undefined ? {} : { children }) },
      new Date(0),
    );
    return { artifact: `leg-${index}`, text: recordText(record) };
  });
  return aggregate({ carried });
}

/** The platforms of entries, as people write them. */
export const platformsOf = (entries: readonly Descriptor[]): string[] =>
  entries.map(({ platform }) => (platform === undefined ? 'none' : formatPlatform(platform)));

import {
  algorithmOf,
  type Descriptor,
  digestOf,
  isManifestType,
  maxManifestSize,
  parseManifest,
} from '@oci-matrix/oci';
import { collect } from './archive.ts';
import { type ImageReader, invalidSource } from './image-reader.ts';
import type { Layout } from './layout.ts';

const name = 'the image layout';

/** Reads what is in a layout. */
export function layoutReader(layout: Layout): ImageReader {
  const read = async (descriptor: Descriptor, limit: number): Promise<Uint8Array> => {
    const { digest, size } = descriptor;
    await refuseAbsent(layout, descriptor);
    if (size > limit) {
      throw invalidSource(name, `${digest} has ${size} bytes, at most ${limit} go`);
    }
    const bytes = await collect(layout.open(digest));
    const actual = digestOf(bytes, algorithmOf(digest));
    if (actual === digest) return bytes;
    throw invalidSource(name, `the blob ${digest} has another digest, ${actual}`);
  };
  return {
    name,
    remote: false,
    read,
    load: async (descriptor) => {
      const bytes = await read(descriptor, maxManifestSize);
      return { descriptor, bytes, manifest: parseManifest(bytes, descriptor.mediaType) };
    },
    blob: async (descriptor) => {
      await refuseAbsent(layout, descriptor);
      return { descriptor, source: { open: () => layout.open(descriptor.digest) } };
    },
  };
}

async function refuseAbsent(
  layout: Layout,
  { digest, size, mediaType }: Descriptor,
): Promise<void> {
  const found = await layout.size(digest);
  if (found === size) return;
  if (found !== undefined) {
    throw invalidSource(name, `the blob ${digest} has ${found} bytes, its descriptor says ${size}`);
  }
  throw invalidSource(
    name,
    `the blob ${digest} is missing`,
    // Docker's containerd store saves the index of all platforms with the content of one.
    isManifestType(mediaType)
      ? 'Name with "platform" the image that it has: tools such as docker save write an index of all platforms, and the content of one.'
      : undefined,
  );
}

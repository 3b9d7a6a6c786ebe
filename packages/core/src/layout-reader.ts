import {
  algorithmOf,
  type Descriptor,
  digestOf,
  type Manifest,
  maxManifestSize,
  parseManifest,
} from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { PlannedManifest } from './image-plan.ts';
import type { Layout } from './layout.ts';

/** A manifest of a layout, read and checked. */
export interface LoadedManifest extends PlannedManifest {
  readonly manifest: Manifest;
}

/** Reads documents of a layout; what does not have its descriptor's size and digest is refused. */
export interface LayoutReader {
  load(descriptor: Descriptor): Promise<LoadedManifest>;
  /** At most `limit` bytes. */
  read(descriptor: Descriptor, limit: number): Promise<Uint8Array>;
}

export function layoutReader(layout: Layout): LayoutReader {
  const read = async (descriptor: Descriptor, limit: number): Promise<Uint8Array> => {
    const { digest, size } = descriptor;
    await refuseAbsent(layout, descriptor);
    if (size > limit) throw invalidLayout(`${digest} has ${size} bytes, at most ${limit} go`);
    const bytes = Buffer.concat(await Array.fromAsync(layout.open(digest)));
    const actual = digestOf(bytes, algorithmOf(digest));
    if (actual !== digest) throw invalidLayout(`the blob ${digest} has another digest, ${actual}`);
    return bytes;
  };
  return {
    read,
    load: async (descriptor) => {
      const bytes = await read(descriptor, maxManifestSize);
      return { descriptor, bytes, manifest: parseManifest(bytes, descriptor.mediaType) };
    },
  };
}

/** Throws unless the layout has the blob in its length. */
export async function refuseAbsent(layout: Layout, { digest, size }: Descriptor): Promise<void> {
  const found = await layout.size(digest);
  if (found === undefined) throw invalidLayout(`the blob ${digest} is missing`);
  if (found !== size) {
    throw invalidLayout(`the blob ${digest} has ${found} bytes, its descriptor says ${size}`);
  }
}

export const invalidLayout = (reason: string): MatrixError =>
  new MatrixError('SOURCE_INVALID', `the image layout cannot be pushed: ${reason}`);

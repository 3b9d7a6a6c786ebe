import type { Descriptor, ImageManifest, Platform } from '@oci-matrix/oci';
import { agreedPlatform, maxConfigSize, platformOfConfig } from './image-platform.ts';
import { artifactTypeOf } from './runnable.ts';

/** Reads a config from wherever the image is; at most `limit` bytes. */
export type ReadConfig = (config: Descriptor, limit: number) => Promise<Uint8Array>;

/** The descriptor of an image as an index entry has it: with its artifact type, or with the platform that its config names. */
export async function imageEntry(
  { image, descriptor }: { readonly image: ImageManifest; readonly descriptor: Descriptor },
  given: Platform | undefined,
  readConfig: ReadConfig,
): Promise<Descriptor> {
  const artifactType = artifactTypeOf(image);
  const fromConfig =
    artifactType === undefined
      ? platformOfConfig(await readConfig(image.config, maxConfigSize))
      : undefined;
  const platform = agreedPlatform(given, fromConfig);
  return {
    ...descriptor,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(platform === undefined ? {} : { platform }),
  };
}

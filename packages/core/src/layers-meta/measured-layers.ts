import { formatPlatform, type Platform, platformKey } from '@oci-matrix/oci';
import { attestationSubject } from '../attestation.ts';
import { MatrixError } from '../error.ts';
import type { ImagePlan } from '../image-plan.ts';
import { architectureName } from './architecture-name.ts';
import { joinLayersMeta } from './join-layers-meta.ts';
import { isPlatformLayersMeta, type LayersMeta, type MergedLayersMeta } from './layers-meta.ts';
import { readLayersMeta } from './read-layers-meta.ts';

/**
 * What a leg measured, for its record: a file of one platform counts for the one that the leg pushes. Throws `FILE_NOT_FOUND`,
 * `LAYERS_META_INVALID`, and `INPUT_INVALID` where nothing says which platform a file is for.
 */
export async function measuredLayers(
  files: readonly string[],
  plan: Pick<ImagePlan, 'root' | 'children'>,
): Promise<MergedLayersMeta | undefined> {
  if (files.length === 0) return undefined;
  const documents = await Promise.all(files.map(readLayersMeta));
  return joinLayersMeta(
    files.map((from, at) => ({ from, document: merged(documents[at] ?? {}, from, plan) })),
  );
}

function merged(
  document: LayersMeta,
  from: string,
  plan: Pick<ImagePlan, 'root' | 'children'>,
): MergedLayersMeta {
  if (!isPlatformLayersMeta(document)) return document;
  const [only, ...others] = platformsOf(plan);
  if (only?.os === 'linux' && others.length === 0) {
    return { [architectureName(only)]: document };
  }
  const has = platformsOf(plan).map(formatPlatform).join(', ') || 'none';
  throw new MatrixError(
    'INPUT_INVALID',
    `${from} is layer metadata of one platform, and what is pushed has ${has}`,
    {
      hint: 'Give the file in the leg that pushes the image of one platform for Linux, or name that with "platform".',
    },
  );
}

function platformsOf({
  root,
  children = [root],
}: Pick<ImagePlan, 'root' | 'children'>): Platform[] {
  const images = children.filter((entry) => attestationSubject(entry) === undefined);
  const platforms = images.flatMap(({ platform }) => platform ?? []);
  return [...new Map(platforms.map((platform) => [platformKey(platform), platform])).values()];
}

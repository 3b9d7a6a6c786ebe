import { stat } from 'node:fs/promises';
import {
  architectureName,
  isPlatformLayersMeta,
  type LayersMeta,
  layerModels,
  layersMetaOf,
  MatrixError,
  type MeasuredPlatform,
  type PlatformLayersMeta,
  parseAppImages,
  readLayersMeta,
} from '@oci-matrix/core';
import type { Inputs } from '@oci-matrix/github';
import { formatPlatform, type Platform, platformKey, type Reference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { documentsOf } from './known.ts';

/** What `compare-with` names. */
export type NamedPrevious =
  | { readonly file: string; readonly document: LayersMeta }
  | { readonly reference: Reference };

/** Documents by platform, as `formatPlatform` writes it. */
export type Previous = ReadonlyMap<string, PlatformLayersMeta>;

/** What a document of before must have been measured for. */
type Wanted = Pick<Inputs<typeof contract>, 'compareWith' | 'blockSizes' | 'store'>;

/** Reads `compare-with`: a file that is there, else an image with its tag or digest. */
export async function namedPrevious(wanted: Wanted): Promise<NamedPrevious | undefined> {
  const { compareWith: text } = wanted;
  if (text === undefined) return undefined;
  const isFile = await stat(text).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return { reference: parsed(text) };
  const document = await readLayersMeta(text);
  for (const one of documentsOf(document)) refuseIncomparable(one, text, wanted);
  return { file: text, document };
}

function parsed(text: string): Reference {
  try {
    const [reference] = parseAppImages([text.replace(/^docker:\/\//, '')], 'compare-with');
    if (reference !== undefined) return reference;
  } catch {
    // What is wrong with it as a reference says little of what may have been meant as a file.
  }
  throw new MatrixError(
    'INPUT_INVALID',
    `${JSON.stringify(text)} in compare-with is no file that is there, and no image with its tag or digest`,
    { hint: 'Write an image such as ghcr.io/acme/app:1.0, or the path of its layer metadata.' },
  );
}

/** What a document says of the platforms of an image. */
export function previousInFile(
  document: LayersMeta,
  file: string,
  platforms: readonly MeasuredPlatform[],
): Previous {
  if (isPlatformLayersMeta(document) && platforms.length > 1) {
    throw new MatrixError(
      'INPUT_INVALID',
      `${file} in compare-with is of one platform, and ${platforms.length} were measured`,
      { hint: 'Compare with a document of several platforms, or name one in "platforms".' },
    );
  }
  const found = platforms.flatMap(({ platform }) => {
    const before = documentFor(platform, document);
    return before === undefined ? [] : [[formatPlatform(platform), before] as const];
  });
  return new Map(found);
}

// Foundries' own documents know of no variant: where none is named, the architecture is of whichever the build had.
function documentFor(platform: Platform, document: LayersMeta): PlatformLayersMeta | undefined {
  const { architecture } = platform;
  const found = layersMetaOf(document, architectureName(platform));
  const namesVariants = Object.keys(document).some((name) => name.startsWith(`${architecture}/`));
  return found ?? (namesVariants ? undefined : layersMetaOf(document, architecture));
}

// Foundries' own documents name no model: theirs is ours for overlay2.
function refuseIncomparable(
  { fs_block_size, model = layerModels.overlay2.name }: PlatformLayersMeta,
  file: string,
  { blockSizes: [size = 0], store }: Wanted,
): void {
  const told = (bytes: number, name: string): string => `blocks of ${bytes} bytes by ${name}`;
  const [before, now] = [told(fs_block_size, model), told(size, layerModels[store].name)];
  if (before === now) return;
  throw new MatrixError(
    'INPUT_INVALID',
    `${file} in compare-with counts ${before}, and this run ${now}`,
    { hint: 'Measure both with the same block size first and the same store.' },
  );
}

/** The documents of the image before, by the platforms of the one now. */
export function previousMeasured(
  before: readonly MeasuredPlatform[],
  now: readonly MeasuredPlatform[],
): Previous {
  const byKey = new Map(before.map((one) => [platformKey(one.platform), one.document]));
  const found = now.flatMap(({ platform }) => {
    const document = byKey.get(platformKey(platform));
    return document === undefined ? [] : [[formatPlatform(platform), document] as const];
  });
  return new Map(found);
}

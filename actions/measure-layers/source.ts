import { type ImageToMeasure, openLayout, parseImage, parseSource } from '@oci-matrix/core';
import type { Client } from '@oci-matrix/distribution';
import { InputError, type Inputs } from '@oci-matrix/github';
import type { Reference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';

type SourceInputs = Pick<Inputs<typeof contract>, 'source' | 'legRecord' | 'image' | 'cache'>;

/** Where the image is: on this machine, by the text of `source`, or in a registry. */
export type NamedSource = { readonly local: string } | { readonly reference: Reference };

/** Says which image is meant; none and two are errors. */
export function sourceOf({ source, legRecord, image, cache }: SourceInputs): NamedSource {
  if ((source === undefined) === (legRecord === undefined)) {
    const what = source === undefined ? 'no image was given' : 'leg-record names an image, too';
    throw wrong('source', what, 'Give either source or leg-record.');
  }
  if (source === undefined) return { reference: pushedBy({ legRecord, image }) };
  if (image !== undefined) {
    throw wrong('image', 'belongs to leg-record', 'Leave it out, or give leg-record for source.');
  }
  const parsed = parseSource(source);
  if (parsed.kind === 'repository') return { reference: parsed.reference };
  if (!cache) return { local: source };
  throw wrong(
    'cache',
    `is for images in a registry, and ${JSON.stringify(source)} is on this machine`,
    'Keep the layer metadata with actions/cache and give it as known-file, or measure what was pushed.',
  );
}

function pushedBy({ legRecord, image }: Pick<SourceInputs, 'legRecord' | 'image'>): Reference {
  const { digest } = legRecord?.descriptor ?? {};
  if (digest === undefined) {
    const leg = JSON.stringify(legRecord?.leg);
    throw wrong('leg-record', `the leg ${leg} pushed nothing`, 'Give the record of push-manifest.');
  }
  const pushed = legRecord?.image;
  const where = image ?? (pushed === undefined ? undefined : parseImage(pushed));
  if (where !== undefined) return { ...where, digest };
  throw wrong(
    'image',
    'is missing, and the record does not say where the leg pushed',
    'Give what push-manifest has as "image".',
  );
}

/** Opens the image. What is in a registry is not asked for yet. */
export async function openSource(
  named: NamedSource,
  client: Client,
  writes: boolean,
): Promise<ImageToMeasure> {
  if ('local' in named) return { layout: await openLayout(named.local) };
  const { reference } = named;
  const { registry, repository } = reference;
  return { repository: client.repository({ registry, repository }, { writes }), reference };
}

const wrong = (input: string, reason: string, hint: string): InputError =>
  new InputError([{ input, reason, hint }]);

import {
  fetchKnownLayers,
  type ImageToMeasure,
  type MeasuredImage,
  type MeasureImageOptions,
  measureImage,
  measureUpdate,
} from '@oci-matrix/core';
import type { Client } from '@oci-matrix/distribution';
import type { Inputs, RunContext } from '@oci-matrix/github';
import { formatReference, type Reference } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { readKnown } from './known.ts';
import { type NamedPrevious, type Previous, previousInFile, previousMeasured } from './previous.ts';
import { progressLog } from './progress.ts';

export interface MeasureOptions {
  readonly inputs: Inputs<typeof contract>;
  readonly source: ImageToMeasure;
  readonly before: NamedPrevious | undefined;
  readonly client: Client;
  readonly context: RunContext;
}

export interface MeasuredWithPrevious {
  readonly measured: MeasuredImage;
  readonly previous: Previous;
}

/** Measures the image, and the one before it where there is one. */
export async function measure(options: MeasureOptions): Promise<MeasuredWithPrevious> {
  const { before, client, context } = options;
  const how = await howToMeasure(options);
  if (before === undefined) return { measured: await measureImage(how), previous: new Map() };
  if ('document' in before) {
    const measured = await measureImage(how);
    return { measured, previous: previousInFile(before.document, before.file, measured.platforms) };
  }
  const source = await imageAt(before.reference, client);
  if (source === undefined) {
    const name = formatReference(before.reference);
    context.log.warning(`there is no ${name} to compare with: nothing is said of what changed`);
    return { measured: await measureImage(how), previous: new Map() };
  }
  const findKnown = knownIn(source, options);
  const { current, previous } = await measureUpdate(how, { source, findKnown });
  return { measured: current, previous: previousMeasured(previous, current.platforms) };
}

async function howToMeasure(options: MeasureOptions): Promise<MeasureImageOptions> {
  const { inputs, source, context } = options;
  const { platforms, blockSizes, store, concurrency, knownFile } = inputs;
  const { signal, log } = context;
  return {
    ...{ source, platforms, blockSizes, store, concurrency, signal },
    known: await readKnown(knownFile, log),
    findKnown: knownIn(source, options),
    onProgress: progressLog(log),
  };
}

const knownIn = (
  source: ImageToMeasure,
  { inputs, context: { signal } }: MeasureOptions,
): MeasureImageOptions['findKnown'] => {
  if (!inputs.cache || 'layout' in source) return undefined;
  const { repository } = source;
  return (digest) => fetchKnownLayers({ repository, digest, signal });
};

// A tag is asked for once: it may move meanwhile.
async function imageAt(
  { registry, repository: path, tag = '', digest }: Reference,
  client: Client,
): Promise<ImageToMeasure | undefined> {
  const repository = client.repository({ registry, repository: path });
  const found = await repository.manifests.resolve(digest ?? tag);
  return found === undefined ? undefined : { repository, reference: { digest: found.digest } };
}

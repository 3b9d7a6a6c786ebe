import {
  attachLayersMeta,
  type ImageToMeasure,
  layersMetaText,
  layersSummary,
  type MeasuredPlatform,
  measuredDocument,
  openClientFor,
} from '@oci-matrix/core';
import {
  clientContext,
  fitsOutput,
  InputError,
  type Inputs,
  type Run,
  type RunContext,
} from '@oci-matrix/github';
import { canonicalText, formatReference, type Reference } from '@oci-matrix/oci';
import { breachesOf, describeBreach, refuseBreaches } from './budget.ts';
import type { contract } from './contract.ts';
import { costliest } from './costliest.ts';
import { measure } from './measure.ts';
import { type NamedPrevious, namedPrevious } from './previous.ts';
import { reportOf } from './report.ts';
import { type NamedSource, openSource, sourceOf } from './source.ts';
import { renderSummary } from './summary.ts';
import { writeDocument } from './write-document.ts';

// The client of a step that asks no registry.
const nowhere: Reference = { registry: 'localhost', repository: 'none' };

export const run: Run<typeof contract> = async (inputs, context) => {
  const named = sourceOf(inputs);
  const before = await namedPrevious(inputs);
  refuseGrowthOfNothing(inputs);
  const image = registryImage(named) ?? registryImage(before) ?? nowhere;
  await using client = openClientFor({ ...inputs, image, ...clientContext(context) });
  const source = await openSource(named, client, inputs.cache && !inputs.dryRun);
  const { measured, previous } = await measure({ inputs, source, before, client, context });

  const platforms = layersSummary({ platforms: measured.platforms, previous, largest: 10 });
  const breaches = breachesOf(measured.platforms, previous, inputs);
  const text = layersMetaText(measuredDocument(measured.platforms));
  const name = 'local' in named ? named.local : formatReference(named.reference);
  await context.summarise(
    renderSummary({ name, before: inputs.compareWith, measured, platforms, breaches }),
  );
  if (inputs.budget === 'fail') refuseBreaches(breaches);
  for (const breach of breaches) context.log.warning(describeBreach(breach));
  if (inputs.cache && !inputs.dryRun) await attachAll(source, measured.platforms, context);

  const json = canonicalText(reportOf(measured, platforms, breaches));
  const total = costliest(platforms)?.total;
  const layersMetaFile = await writeDocument(text, context.env);
  context.log.info(`wrote ${layersMetaFile}`);
  return {
    outputs: {
      layersMetaFile,
      size: total?.size,
      usage: total?.usage,
      archiveSize: total?.archive_size,
      json: fitsOutput(json) ? json : undefined,
    },
  };
};

// A user name belongs to one registry: that of the image, or else that of the image before.
const registryImage = (named: NamedSource | NamedPrevious | undefined): Reference | undefined =>
  named !== undefined && 'reference' in named ? named.reference : undefined;

function refuseGrowthOfNothing({ maxGrowth, compareWith }: Inputs<typeof contract>): void {
  if (maxGrowth.size === 0 || compareWith !== undefined) return;
  throw new InputError([
    {
      input: 'max-growth',
      reason: 'needs an image to grow from',
      hint: 'Name the image of before in "compare-with".',
    },
  ]);
}

async function attachAll(
  source: ImageToMeasure,
  platforms: readonly MeasuredPlatform[],
  { signal, log }: RunContext,
): Promise<void> {
  if ('layout' in source) return;
  const { repository } = source;
  for (const { manifest, document } of platforms) {
    const { descriptor, outcome } = await attachLayersMeta({
      ...{ repository, subject: manifest, document, signal },
    });
    log.info(`${outcome} ${descriptor.digest}, the layer metadata of ${manifest.digest}`);
  }
}

import {
  checkFit,
  type FitVerdict,
  fitReport,
  gatherFit,
  openClientFor,
  parseInstalled,
  refuseTooLarge,
  tightest,
} from '@oci-matrix/core';
import {
  clientContext,
  fitsOutput,
  type Inputs,
  type Run,
  type RunContext,
} from '@oci-matrix/github';
import { canonicalText, type RepositoryName } from '@oci-matrix/oci';
import type { contract } from './contract.ts';
import { renderSummary, sentence } from './summary.ts';
import { volumesOf } from './volumes.ts';

// The client of a step that asks no registry.
const nowhere: RepositoryName = { registry: 'localhost', repository: 'none' };

export const run: Run<typeof contract> = async (inputs, context) => {
  const volumes = volumesOf(inputs);
  const { architecture, engine, store } = inputs;
  const gathered = await gather(inputs, context);
  const verdict = checkFit({ ...gathered, volumes, architecture, engine, store, reserve: inputs });

  await context.summarise(renderSummary(verdict, inputs));
  tell(verdict, context);
  if (inputs.failIf === 'too-large') refuseTooLarge(verdict);
  if (!verdict.fits) context.log.notice(sentence(verdict));
  const json = canonicalText(fitReport(verdict));
  const volume = tightest(verdict);
  return {
    outputs: {
      fits: verdict.fits,
      required: volume?.required,
      available: volume?.available,
      shortBy: volume?.shortBy,
      json: fitsOutput(json) ? json : undefined,
    },
  };
};

async function gather(inputs: Inputs<typeof contract>, context: RunContext) {
  const { architecture, cleanUp, image: images, layersMetaFile: files } = inputs;
  const installed = await parseInstalled(inputs.installed);
  const [image = nowhere] = [...images, ...cleanUp, ...installed.images];
  await using client = openClientFor({ ...inputs, image, ...clientContext(context) });
  return await gatherFit({ files, images, installed, cleanUp, architecture, client });
}

function tell({ estimates, notes, gaps }: FitVerdict, { log }: RunContext): void {
  for (const { reason } of estimates) log.info(reason);
  for (const note of notes) log.info(note);
  for (const gap of gaps) log.warning(gap);
}

import { formatReference, type RepositoryName } from '@oci-matrix/oci';
import { input } from './input.ts';
import type { RunContext, WorkflowRun } from './run-context.ts';

/** Where an index goes beside its image, and what else a release can ask for. */
export const releaseInputs = <I>(parseImages: (lines: readonly string[]) => I) => ({
  images: input.lines(
    {
      description:
        'More images that get the same index, with all that it names, one a line: `quay.io/acme/app`. With `optional` behind it, one that fails is a warning. Other registries go by the logins on the machine.',
    },
    parseImages,
  ),
  guard: input.choice(
    {
      description:
        '`run-number` refuses to move a tag back to an older run of this workflow; the number is an annotation of the index then.',
      default: 'none',
    },
    ['none', 'run-number'],
  ),
  'annotations-from-legs': input.boolean({
    description:
      'Puts the annotations that the manifests of all legs have alike on the index too; `annotations` win over them.',
    default: 'false',
  }),
});

/** The run that `guard` speaks of, if any. */
export const guardedRun = (
  guard: 'none' | 'run-number',
  { number, repository, workflow }: WorkflowRun,
): { readonly number: number; readonly workflow: string } | undefined =>
  guard === 'none' ? undefined : { number, workflow: `${repository}: ${workflow}` };

/** An image that was to get an index. */
export interface Place {
  readonly image: RepositoryName;
  readonly failure?: string;
}

/** Warns of the optional images that did not get the index. */
export function warnOfFailures(places: readonly Place[], { log }: Pick<RunContext, 'log'>): void {
  for (const { image, failure } of places) {
    if (failure !== undefined)
      log.warning(`${formatReference(image)}, which is optional: ${failure}`);
  }
}

import type { Repository } from '@oci-matrix/distribution';
import type { Annotations } from '@oci-matrix/oci';
import pMap from 'p-map';
import type { Annotation } from './annotations.ts';
import { isDenied } from './denied.ts';
import { MatrixError } from './error.ts';
import type { MovedTag } from './move-tags.ts';

/** The run that publishes: runs of one workflow are numbered in the order in which they began. */
export interface GuardedRun {
  readonly number: number;
  /** What the number counts: numbers of different workflows say nothing about each other. */
  readonly workflow: string;
}

const numberKey = 'io.github.oci-matrix.run-number';
const workflowKey = 'io.github.oci-matrix.workflow';

/** The annotations of an index by which a later run knows which one published it. */
export const runAnnotations = ({ number, workflow }: GuardedRun): Annotation[] => [
  { level: 'index', key: numberKey, value: `${number}` },
  { level: 'index', key: workflowKey, value: workflow },
];

/** Throws `RUN_OUTDATED` if a tag that is to move names what a later run of the same workflow published. */
export async function refuseOutdated(
  { manifests, name }: Repository,
  moving: readonly MovedTag[],
  run: GuardedRun,
): Promise<void> {
  const digests = [...new Set(moving.flatMap(({ previous }) => previous ?? []))];
  await pMap(
    digests,
    async (digest) => {
      const found = await manifests.fetch(digest).catch((error: unknown) => {
        if (!isDenied(error)) throw error;
        return undefined;
      });
      const later = laterRun(found?.manifest.kind === 'index' ? found.manifest.index : {}, run);
      const tag = moving.find(({ previous }) => previous === digest)?.tag;
      if (later === undefined) return;
      throw new MatrixError(
        'RUN_OUTDATED',
        `${name.registry}/${name.repository}:${tag} was published by run ${later} of ${run.workflow}, and run ${run.number} is older`,
        {
          hint: 'Leave the tag where it is; to go back to this release on purpose, use retag, or run the workflow anew.',
        },
      );
    },
    { concurrency: 8 },
  );
}

function laterRun(
  { annotations = {} }: { readonly annotations?: Annotations },
  run: GuardedRun,
): number | undefined {
  const number = Number(annotations[numberKey]);
  const isLater = annotations[workflowKey] === run.workflow && number > run.number;
  return isLater ? number : undefined;
}

import { defaultIdentity, type ImagePlan, updateIndex } from '@oci-matrix/core';
import { type ClientOptions, openClient } from '@oci-matrix/distribution';
import { imageFor, recordsOf } from '../interop/images.ts';

/** What one job publishes: the image of one leg, into the index at a tag that others write to. */
export interface Job {
  readonly host: string;
  readonly tag: string;
  readonly leg: number;
  readonly run: number;
  /** How long it waits before it looks for the last time, in ms. */
  readonly settling: number;
}

export const repository = 'acme/app';

/** The image of a leg, for a platform of its own. */
export const imageOfLeg = (leg: number): ImagePlan =>
  imageFor({ os: 'linux', architecture: 'amd64', variant: `v${leg + 1}` });

/** Does the job, with a client of its own. */
export async function doJob(
  { host, tag, leg, run, settling }: Job,
  options: ClientOptions = {},
): Promise<void> {
  await using client = openClient(options);
  await updateIndex({
    repository: client.repository({ registry: host, repository }),
    ...{ tags: [tag], mode: 'merge', identity: defaultIdentity },
    records: recordsOf([imageOfLeg(leg)], `${host}/${repository}`),
    concurrent: { id: run, attempt: 1 },
    pace: { pause: 100, calm: settling, contended: settling },
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

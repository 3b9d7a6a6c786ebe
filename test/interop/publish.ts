import {
  defaultIdentity,
  type ImagePlan,
  pushImage,
  type UpdatedIndex,
  updateIndex,
} from '@oci-matrix/core';
import { type ClientOptions, openClient, type Repository } from '@oci-matrix/distribution';
import { recordsOf } from './images.ts';

/** A repository on a loopback registry; disposing of it closes its client. */
export interface OpenRepository extends AsyncDisposable {
  readonly repository: Repository;
  /** The image as tools are given it: `127.0.0.1:PORT/acme/app`. */
  readonly image: string;
  /** How many requests of each kind were sent. */
  requests(): Readonly<Record<string, number>>;
}

export function openRepository(
  host: string,
  repository = 'acme/app',
  options: ClientOptions = {},
): OpenRepository {
  const client = openClient(options);
  return {
    repository: client.repository({ registry: host, repository }),
    image: `${host}/${repository}`,
    requests: () => client.statistics().requests,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** Does what the legs and the fan-in do: pushes every image, then one index of them. */
export async function publish(
  { repository, image }: OpenRepository,
  plans: readonly ImagePlan[],
  tags: readonly string[] = ['latest'],
): Promise<UpdatedIndex> {
  for (const plan of plans) await pushImage({ repository, plan });
  return updateIndex({
    ...{ repository, tags, mode: 'merge', identity: defaultIdentity },
    records: recordsOf(plans, image),
  });
}

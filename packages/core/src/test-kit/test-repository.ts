import { openClient, type Repository } from '@oci-matrix/distribution';
import { repositoryName } from './seeds.ts';

export interface TestRepository extends AsyncDisposable {
  readonly repository: Repository;
}

/** The repository of all seeds, by a client that tries everything but once. */
export function openRepository(registry: string, repository = repositoryName): TestRepository {
  const client = openClient({ retry: { attempts: 1 } });
  return {
    repository: client.repository({ registry, repository }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

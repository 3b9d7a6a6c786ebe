import type { Clock, Repository } from '@oci-matrix/distribution';
import { openRegistry } from '../../packages/distribution/src/registry.ts';
import { createRepository } from '../../packages/distribution/src/repository.ts';
import { createPauses } from '../../packages/distribution/src/retry/pauses.ts';
import { createRetry } from '../../packages/distribution/src/retry/retry.ts';
import type { Connections } from '../../packages/distribution/src/transport/connections.ts';
import { createLimiter } from '../../packages/distribution/src/transport/limiter.ts';
import { createWire } from '../../packages/distribution/src/transport/wire.ts';
import { host, repositoryName } from './content.ts';

/** A repository as every action opens it, all but its sockets. */
export function openRepositoryOver(connections: Connections, clock: Clock): Repository {
  const report = (): void => {};
  const wire = createWire({
    connections,
    clock,
    report,
    limiters: {
      metadata: createLimiter(24),
      uploads: createLimiter(4, 1),
      downloads: createLimiter(4, 1),
    },
    pauses: createPauses(clock),
    userAgent: 'simulation',
  });
  const registry = openRegistry(host, {
    wire,
    retry: createRetry({}, clock, report),
    credentials: async () => undefined,
    clock,
    report,
    plainHttp: true,
    signal: new AbortController().signal,
  });
  const name = { registry: host, repository: repositoryName };
  return createRepository(registry, name, { writes: true });
}

import { staticCredentials } from '@oci-matrix/distribution';
import { afterAll, describe, test } from 'vitest';
import { hurriedClock } from '../client/hurried-clock.ts';
import { clientSuite } from '../client/suite.ts';
import { type Claims, everything, type Target } from '../client/target.ts';
import { startBreakingProxy } from './servers/breaking-proxy.ts';
import { type Access, login } from './servers/server.ts';
import { type ServerName, setUps, startServer } from './servers/start-server.ts';
import { versionOf } from './tools.ts';

/** Registers what the client promises for a registry of other people, in each way that it can be set up. */
export async function clientSuiteOf(name: ServerName, lacks: Partial<Claims>): Promise<void> {
  const version = versionOf(name);
  if (version === undefined) {
    test.skip(`${name}: it is not installed`, () => undefined);
    return;
  }
  const running = new AsyncDisposableStack();
  afterAll(() => running.disposeAsync());
  const targets = setUps[name].map(
    async (access) => [access, await targetOf(running, name, access, lacks)] as const,
  );
  for (const [access, target] of await Promise.all(targets)) {
    describe(name, () => clientSuite(`${version}, ${access}`, target));
  }
}

async function targetOf(
  running: AsyncDisposableStack,
  name: ServerName,
  access: Access,
  lacks: Partial<Claims>,
): Promise<Target> {
  const server = running.use(await startServer(name, access));
  const { host, breakNext } = running.use(await startBreakingProxy(server.host));
  const credentials = staticCredentials({ registry: host, credential: login });
  const who = access === 'anonymous' ? 'anybody' : 'known';
  return {
    host,
    claims: { ...everything, pull: who, push: who, ...lacks },
    client: { clock: hurriedClock, ...(access === 'anonymous' ? {} : { credentials }) },
    breakDownload: (repository, digest, after) =>
      breakNext(`GET /v2/${repository}/blobs/${digest}`, after),
  };
}

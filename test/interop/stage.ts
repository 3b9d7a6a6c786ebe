import { staticCredentials } from '@oci-matrix/distribution';
import { type OpenRepository, openRepository } from './publish.ts';
import { type Access, login } from './servers/server.ts';
import { type ServerName, startServer } from './servers/start-server.ts';

/** A registry of other people, and clients of ours that may write to it; disposing of it ends them all. */
export interface Stage extends AsyncDisposable {
  readonly host: string;
  /** The repository `acme/app`. */
  readonly app: OpenRepository;
  /** Another repository, with a client of its own. */
  open(repository: string): OpenRepository;
}

/** Starts a registry with nothing in it. */
export async function openStage(name: ServerName, access: Access = 'anonymous'): Promise<Stage> {
  await using started = new AsyncDisposableStack();
  const { host } = started.use(await startServer(name, access));
  const credentials = staticCredentials({ registry: host, credential: login });
  const options = access === 'anonymous' ? {} : { credentials };
  const running = started.move();
  const open = (repository: string): OpenRepository =>
    running.use(openRepository(host, repository, options));
  return {
    ...{ host, app: open('acme/app'), open },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

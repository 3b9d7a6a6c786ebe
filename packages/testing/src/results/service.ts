import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { temporaryDirectory } from '../runner/temporary.ts';
import { artifactIds, type IdOrder } from './artifact-ids.ts';
import type { ArtifactBackend } from './artifact-methods.ts';
import {
  type ArtifactStore,
  createArtifactStore,
  type EarlierAttempts,
  type SameName,
} from './artifact-store.ts';
import { blobContent, openBlobStore } from './blobs.ts';
import { createFaults, type Fault, type Operation } from './faults.ts';
import { handle, operationOf } from './handler.ts';
import { type IssuedToken, issueToken, type JobIdentity } from './identity.ts';
import { type SeededArtifact, seedArtifact } from './seed-artifact.ts';

export interface ResultsServiceOptions {
  /** How artifact ids follow one another; ascending when not given, as on GitHub. */
  readonly artifactIds?: IdOrder;
  /** Draws the random ids. */
  readonly seed?: number;
  /** What a name used again in a later attempt meets: a 409, or room for its own copy. */
  readonly sameName?: SameName;
  /** Whether a later attempt sees what earlier ones stored; it does when not given. */
  readonly earlierAttempts?: EarlierAttempts;
}

/** A finalized artifact. */
export interface Artifact {
  readonly id: number;
  readonly name: string;
  /** Bytes of the archive. */
  readonly size: number;
  readonly digest: string;
  readonly run: string;
  readonly attempt: number;
}

/** A request that the service got: a method of the artifact service, a call of the REST API, `upload` or `download`. */
export interface ServiceRequest {
  readonly operation: string;
  readonly status: number;
  /** How many requests were open when it came, itself included. */
  readonly atOnce: number;
}

/** GitHub's results service as far as artifacts go, on a port of this machine. */
export interface ResultsService extends AsyncDisposable {
  /** The origin, with a slash: what `ACTIONS_RESULTS_URL` holds. */
  readonly url: string;
  /** Admits a new job of a run, and gives it its token. */
  issue(job: { run: string; attempt?: number; since?: number }): IssuedToken;
  /** Makes an operation fail, from now on. */
  fail(operation: Operation, fault: Fault): void;
  /** Lets the next `times` listings miss the `behind` newest artifacts. */
  stale(lag: { times?: number; behind?: number }): void;
  /** Stores an artifact as a job would, whatever it holds; gives its id. */
  seed(artifact: SeededArtifact): Promise<number>;
  /** The finalized artifacts, of one run if named, in the order of their creation. */
  artifacts(run?: string): Artifact[];
  /** The bytes of an artifact: for most, a zip archive. */
  read(id: number): Promise<Buffer>;
  requests(operation?: Operation): ServiceRequest[];
}

/** Starts the service on 127.0.0.1; it stops when disposed of. */
export async function startResultsService(
  options: ResultsServiceOptions = {},
): Promise<ResultsService> {
  const directory = await temporaryDirectory('results');
  const store = createArtifactStore(options.sameName ?? 'conflict', options.earlierAttempts);
  const faults = createFaults();
  const identities = new Map<string, JobIdentity>();
  const requests: ServiceRequest[] = [];
  const lag = { times: 0, behind: 0 };

  let open = 0;
  const server = createServer((request, response) => {
    const operation = operationOf(request);
    open += 1;
    const atOnce = open;
    let isLogged = false;
    const log = (): void => {
      if (!isLogged) requests.push({ operation, status: response.statusCode, atOnce });
      isLogged = true;
    };
    // A client that has all that it wants may be gone before the answer counts as finished.
    response.on('finish', log).on('close', () => {
      open -= 1;
      log();
    });
    handle({ backend, faults, identities }, request, response).catch(() => response.destroy());
  });
  const origin = await listen(server);
  const backend: ArtifactBackend = {
    store,
    blobs: openBlobStore(directory.path),
    nextId: artifactIds(options.artifactIds ?? 'ascending', options.seed ?? 1),
    sign: (blob) => `${origin}/blobs/${blob.id}?sig=${blob.signature}`,
    staleness: () => {
      lag.times -= 1;
      return lag.times >= 0 ? lag.behind : 0;
    },
  };

  return {
    url: `${origin}/`,
    issue(job) {
      const issued = issueToken(job);
      identities.set(issued.token, issued);
      return issued;
    },
    fail: (operation, fault) => faults.declare(operation, fault),
    stale: ({ times = 1, behind = 1 }) => {
      Object.assign(lag, { times, behind });
    },
    seed: (artifact) => seedArtifact(backend, artifact),
    artifacts: (run) => finalized(store, run),
    read: (id) => readArtifact(store, id),
    requests: (operation) =>
      requests.filter((request) => operation === undefined || request.operation === operation),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await directory[Symbol.asyncDispose]();
    },
  };
}

const finalized = (store: ArtifactStore, run: string | undefined): Artifact[] =>
  store
    .all()
    .filter(({ id, owner }) => id > 0 && (run === undefined || owner.run === run))
    .map(({ id, name, size, digest, owner }) => ({
      id,
      name,
      size,
      digest,
      run: owner.run,
      attempt: owner.attempt,
    }));

async function readArtifact(store: ArtifactStore, id: number): Promise<Buffer> {
  const artifact = store.all().find((candidate) => candidate.id === id);
  if (artifact === undefined) {
    throw new ReferenceError(`there is no artifact ${id}`);
  }
  return buffer(Readable.from(blobContent(artifact.blob)));
}

/** Listens without keeping the process alive: a run that was never disposed of must not hang it. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
}

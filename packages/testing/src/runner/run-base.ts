import { createHash, randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { backendIdOf } from '../results/backend-id.ts';
import { type ResultsService, startResultsService } from '../results/service.ts';
import { copyOwnFiles } from './checkout.ts';
import type { RunHost, RunIdentity } from './host.ts';
import { type IdTokenService, startIdTokenService } from './id-token-service.ts';
import { createLimiter } from './limiter.ts';
import type { AttemptOptions, RunOptions } from './options.ts';
import { seededRandom } from './random.ts';
import { temporaryDirectory } from './temporary.ts';

/** What the attempts of a run share: its identity, its service, its folder. */
export interface RunBase extends AsyncDisposable {
  readonly identity: RunIdentity;
  readonly service: ResultsService;
  /** What one attempt runs with. */
  readonly host: (attempt: number, options: AttemptOptions & { readonly since: number }) => RunHost;
}

/** What a base needs of a run's options. */
export type RunBaseOptions = Omit<RunOptions, 'workflow' | 'source'>;

export async function openRunBase(options: RunBaseOptions): Promise<RunBase> {
  const directory = await temporaryDirectory('run');
  const service = options.service ?? (await startResultsService());
  const identity = identify(options);
  const copy = (source: string, name: string) =>
    once(async () => {
      const target = join(directory.path, name);
      await copyOwnFiles(source, target);
      return target;
    });
  const snapshot = copy(options.checkout, '_actions');
  const { contents, idTokens } = options;
  let ownIdTokens: IdTokenService | undefined;
  // One number for each job of each attempt, as on GitHub.
  let checkRunId = randomInt(10_000_000_000, 99_000_000_000);
  const shared = {
    run: identity,
    checkout: options.checkout,
    directory: directory.path,
    service,
    snapshot,
    contents: contents === undefined ? snapshot : copy(contents, '_contents'),
    idTokens: once(async () => {
      if (idTokens !== undefined) return idTokens;
      ownIdTokens = await startIdTokenService();
      return ownIdTokens;
    }),
    vars: options.vars ?? {},
    secrets: options.secrets ?? {},
    environment: options.environment ?? {},
    minute: options.minute ?? 60_000,
    limit: createLimiter(options.parallel ?? Math.max(4, availableParallelism() * 2)),
    nextCheckRunId: () => ++checkRunId,
  };
  return {
    identity,
    service,
    host: (attempt, { since, seed = 1, onEvent, failStep, signal }) => ({
      ...shared,
      attempt,
      since,
      random: (name) => seededRandom(numberOf(`${seed} ${attempt} ${name}`)),
      signal: signal ?? new AbortController().signal,
      emit: (event) => onEvent?.(event),
      shouldFail: (point) => failStep?.(point) ?? false,
    }),
    async [Symbol.asyncDispose]() {
      if (options.service === undefined) {
        await service[Symbol.asyncDispose]();
      }
      await ownIdTokens?.[Symbol.asyncDispose]();
      await directory[Symbol.asyncDispose]();
    },
  };
}

function identify(options: RunBaseOptions): RunIdentity {
  const { repository = 'acme/app', event, actor = 'octocat', ref = 'refs/heads/main' } = options;
  const id = options.runId ?? randomInt(1_000_000_000, 9_999_999_999);
  return {
    id,
    number: options.runNumber ?? 1,
    // Two runs of one id that share a service are the same run for it.
    backendId: backendIdOf(repository, id),
    sha: options.sha ?? createHash('sha1').update(repository).digest('hex'),
    trigger: {
      name: event?.name ?? 'workflow_dispatch',
      inputs: event?.inputs ?? {},
      payload: event?.payload ?? {},
    },
    repository,
    actor,
    ref,
  };
}

/** A number that the same text gives again. */
const numberOf = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0);

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

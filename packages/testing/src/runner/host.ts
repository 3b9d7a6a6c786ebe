import type { ResultsService } from '../results/service.ts';
import type { IdTokenService } from './id-token-service.ts';
import type { JsonObject } from './json.ts';
import type { Random } from './random.ts';
import type { RunEvent } from './result.ts';

/** Where a test may make a job fail: the step is not run, and counts as failed. */
export interface FailPoint {
  readonly job: { readonly id: string; readonly name: string; readonly matrix: JsonObject | null };
  readonly step: { readonly id: string; readonly name: string; readonly index: number };
  readonly attempt: number;
}

/** The event that started a run. */
export interface RunTrigger {
  readonly name: string;
  readonly inputs: JsonObject;
  readonly payload: JsonObject;
}

/** Who a run is, on every attempt. */
export interface RunIdentity {
  readonly id: number;
  readonly number: number;
  /** The id of the run for the results service. */
  readonly backendId: string;
  /** The repository that the workflow runs in, `owner/name`. */
  readonly repository: string;
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  readonly trigger: RunTrigger;
}

/** What all jobs of one attempt share. */
export interface RunHost {
  readonly run: RunIdentity;
  readonly attempt: number;
  /** The first attempt whose artifacts this one sees. */
  readonly since: number;
  readonly checkout: string;
  /** A folder for everything the attempt writes. */
  readonly directory: string;
  /** A copy of the checkout's own files, made once, where our actions are run from. */
  readonly snapshot: () => Promise<string>;
  /** A copy of what `actions/checkout` brings, made once. */
  readonly contents: () => Promise<string>;
  readonly service: ResultsService;
  /** The issuer of id tokens, started by the first job that may ask it. */
  readonly idTokens: () => Promise<IdTokenService>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** The source that draws the order of something, named so that nothing else disturbs it. */
  readonly random: (name: string) => Random;
  /** Milliseconds in a minute of `timeout-minutes`. */
  readonly minute: number;
  readonly signal: AbortSignal;
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly nextCheckRunId: () => number;
  readonly emit: (event: RunEvent) => void;
  readonly shouldFail: (point: FailPoint) => boolean;
}

import type { ResultsService } from '../results/service.ts';
import type { FailPoint } from './host.ts';
import type { IdTokenService } from './id-token-service.ts';
import type { JsonObject } from './json.ts';
import type { RunEvent } from './result.ts';

/** What may differ from attempt to attempt. */
export interface AttemptOptions {
  /** Draws the order in which ready legs start, and in which their ends are recorded. */
  readonly seed?: number;
  readonly onEvent?: (event: RunEvent) => void;
  /** Makes a job fail at a step: asked before each step that is about to run. */
  readonly failStep?: (point: FailPoint) => boolean;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
}

/** A run: a workflow of a repository, and what GitHub would know around it. */
export interface RunOptions extends AttemptOptions {
  /** The repository on this machine, by absolute path. */
  readonly checkout: string;
  /**
   * The repository that `actions/checkout` puts into a workspace, by absolute path; the checkout itself
   * when not given. A small one makes many legs fast: each copies all of it.
   */
  readonly contents?: string;
  /** The path of the workflow in the checkout. */
  readonly workflow?: string;
  /** The text of the workflow, instead of a file. */
  readonly source?: string;
  readonly event?: {
    readonly name: string;
    readonly inputs?: JsonObject;
    readonly payload?: JsonObject;
  };
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The repository that the workflow runs in; `acme/app` when not given. */
  readonly repository?: string;
  readonly runId?: number;
  readonly runNumber?: number;
  readonly ref?: string;
  readonly sha?: string;
  readonly actor?: string;
  /** How many jobs run at a time. */
  readonly parallel?: number;
  /** The results service; a run without one starts its own. */
  readonly service?: ResultsService;
  /** The issuer of id tokens; a run without one starts its own. */
  readonly idTokens?: IdTokenService;
  /** Variables for every process, before those of the workflow: a PATH, for one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds in a minute of `timeout-minutes`; 60000 when not given. */
  readonly minute?: number;
}

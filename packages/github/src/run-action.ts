import type { ActionContract, Inputs, Outputs } from './contract.ts';
import { createLog } from './log.ts';
import { parseInputs } from './parse-inputs.ts';
import { reportFailure } from './report-failure.ts';
import { type RunContext, workflowRun } from './run-context.ts';
import { createSecrets } from './secrets.ts';
import { createStop, StoppedError } from './stop.ts';
import { printCommand } from './workflow-command.ts';
import { writeOutputs } from './write-outputs.ts';
import { writeSummary } from './write-summary.ts';

export interface RunResult<C extends ActionContract> {
  readonly outputs: Outputs<C>;
  /** Markdown. */
  readonly summary?: string | undefined;
}

/** What an action does, once its inputs are read. */
export type Run<C extends ActionContract> = (
  inputs: Inputs<C>,
  context: RunContext,
) => Promise<RunResult<C>>;

/**
 * Runs an action as the main module of a process, and ends that process: with 0, or, after exactly
 * one error annotation, with 1.
 */
export async function runAction<C extends ActionContract>(contract: C, run: Run<C>): Promise<void> {
  // Deprecations inside bundled libraries are for us to read, not for users of the action.
  process.noDeprecation = process.env.RUNNER_DEBUG !== '1';
  const { env } = process;
  const secrets = createSecrets((text) => printCommand('add-mask', text));
  const log = createLog(secrets);
  const stop = createStop();
  try {
    const work = async (): Promise<void> => {
      const inputs = parseInputs(contract, env, secrets);
      stop.limit(minutesOf(inputs));
      const context: RunContext = {
        signal: stop.signal,
        log,
        secrets,
        summarise: (markdown) => writeSummary(markdown, context),
        run: workflowRun(env),
        env,
      };
      const { outputs, summary } = await run(inputs, context);
      writeOutputs(contract, outputs, context);
      if (summary !== undefined) await context.summarise(summary);
    };
    await Promise.race([work(), stop.overdue, uncaught()]);
  } catch (error) {
    const failure = asStopped(error, stop.signal.reason);
    reportFailure(failure, { log, secrets, debug: env.RUNNER_DEBUG === '1' });
    process.exitCode = 1;
  }
  await flush();
  // Idle connections would keep the process, and with it the job, for seconds.
  process.exit();
}

// Whatever fell over because the run was stopped is a consequence, not the reason.
const asStopped = (error: unknown, reason: unknown): unknown =>
  reason instanceof StoppedError && error !== reason
    ? new StoppedError(reason.code, reason.message, error)
    : error;

const minutesOf = (inputs: object): number =>
  'timeoutMinutes' in inputs && typeof inputs.timeoutMinutes === 'number'
    ? inputs.timeoutMinutes
    : 0;

/** Rejects with the first error that nobody caught, and when nothing is left that could end the run. */
function uncaught(): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', reject);
    process.on('unhandledRejection', reject);
    process.on('beforeExit', () =>
      reject(new Error('the action waits for something that never comes')),
    );
  });
}

const flush = (): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write('', () => resolve());
  });

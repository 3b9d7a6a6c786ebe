import { OciError } from '@oci-matrix/oci';

/** The run was told to end before it was done. */
export class StoppedError extends OciError {
  override readonly name = 'StoppedError';
  readonly code: 'ABORTED' | 'TIMEOUT';

  constructor(code: 'ABORTED' | 'TIMEOUT', message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Ends a run early: on SIGINT and SIGTERM, and after a time limit. */
export interface Stop {
  /** Aborted with a `StoppedError`. */
  readonly signal: AbortSignal;
  /** Rejects some seconds after the signal, for work that does not listen. */
  readonly overdue: Promise<never>;
  /** Sets the time limit; 0 is none. */
  limit(minutes: number): void;
}

// The runner sends SIGTERM 7.5 s after SIGINT, and kills 2.5 s later.
const graceMs = 6_000;

export function createStop(): Stop {
  const controller = new AbortController();
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  const stop = (reason: StoppedError): void => {
    if (controller.signal.aborted) return;
    controller.abort(reason);
    setTimeout(() => reject(reason), graceMs).unref();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => stop(new StoppedError('ABORTED', `the job was cancelled (${name})`)));
  }
  return {
    signal: controller.signal,
    overdue,
    limit: (minutes) => {
      if (minutes <= 0) return;
      const reason = new StoppedError('TIMEOUT', `not done after ${minutes} min (timeout-minutes)`);
      setTimeout(() => stop(reason), minutes * 60_000).unref();
    },
  };
}

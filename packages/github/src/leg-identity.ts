import type { RunContext } from './run-context.ts';

interface LegInputs {
  readonly group: string | undefined;
  readonly leg: string | undefined;
  readonly legIndex: number;
  readonly legTotal: number;
  readonly matrix: unknown;
  readonly runAttempt: number;
  readonly checkRunId: string;
}

/** Who a leg is: what the hidden inputs and the environment say. */
export interface PlatformIdentity {
  readonly group: string;
  readonly leg: string | undefined;
  readonly index: number;
  readonly total: number;
  readonly matrix: Readonly<Record<string, unknown>> | null;
  readonly run: {
    readonly id: string;
    readonly number: number;
    readonly attempt: number;
    readonly job: string;
    readonly checkRunId?: string;
    readonly commit?: string;
  };
}

/** Says who this leg is; `defaultGroup` is for a leg that names no group. */
export function legIdentity(
  inputs: LegInputs,
  { run }: Pick<RunContext, 'run'>,
  defaultGroup: string,
): PlatformIdentity {
  return {
    group: inputs.group || defaultGroup || 'default',
    leg: inputs.leg || undefined,
    index: inputs.legIndex,
    total: inputs.legTotal,
    matrix: isObject(inputs.matrix) ? inputs.matrix : null,
    run: {
      id: String(run.id),
      number: run.number,
      attempt: inputs.runAttempt,
      job: run.job || 'job',
      ...(inputs.checkRunId ? { checkRunId: inputs.checkRunId } : {}),
      ...(run.commit ? { commit: run.commit } : {}),
    },
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

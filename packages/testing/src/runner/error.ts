import { OciError } from '@oci-matrix/oci';

/** One thing that is wrong with a workflow or an action file. */
export interface Problem {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

const located = ({ file, line, column, message }: Problem): string =>
  line === undefined ? `${file}: ${message}` : `${file}:${line}:${column}: ${message}`;

/** A workflow or an action file that GitHub would refuse, found before anything runs. */
export class InvalidWorkflowError extends OciError {
  override readonly name = 'InvalidWorkflowError';
  readonly code = 'INVALID_WORKFLOW';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(located).join('; '), {
      hint: 'Correct the file at the lines named; the messages are those of the parser of GitHub.',
    });
    this.problems = problems;
  }
}

/** Something that GitHub runs and this runner does not. */
export class UnsupportedError extends OciError {
  override readonly name = 'UnsupportedError';
  readonly code = 'RUNNER_UNSUPPORTED';
}

/** A step that cannot run: its message is what the log of the step shows. */
export class StepError extends OciError {
  override readonly name = 'StepError';
  readonly code = 'STEP_FAILED';
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

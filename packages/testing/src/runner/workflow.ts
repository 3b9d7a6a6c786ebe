import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';

/** A step of a job or of a composite action, its expressions not evaluated yet. */
export interface StepSpec {
  /** The id in the file; empty when it has none. */
  readonly id: string;
  readonly name: TemplateToken | undefined;
  /** The condition, which always asks for a status: `success()` when the file asks for none. */
  readonly condition: string;
  readonly env: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
  readonly work: RunWork | UsesWork;
}

/** What a `run:` step does. */
export interface RunWork {
  readonly kind: 'run';
  readonly script: TemplateToken;
  readonly shell: TemplateToken | undefined;
  readonly workingDirectory: TemplateToken | undefined;
}

/** What a `uses:` step does. */
export interface UsesWork {
  readonly kind: 'uses';
  readonly ref: string;
  readonly with: TemplateToken | Readonly<Record<string, string>> | undefined;
}

interface JobBase {
  readonly id: string;
  readonly name: TemplateToken | undefined;
  readonly needs: readonly string[];
  readonly condition: string;
  readonly strategy: TemplateToken | undefined;
  /** Whether its permissions say `id-token: write`; undefined when it has none. */
  readonly idToken: boolean | undefined;
}

/** A job that runs steps. */
export interface StepsJob extends JobBase {
  readonly kind: 'steps';
  readonly env: TemplateToken | undefined;
  readonly defaults: TemplateToken | undefined;
  readonly outputs: TemplateToken | undefined;
  readonly continueOnError: TemplateToken | undefined;
  readonly timeoutMinutes: TemplateToken | undefined;
  readonly steps: readonly StepSpec[];
  /** Its container or its services, which this runner has not. */
  readonly container: TemplateToken | undefined;
}

/** A job that calls a workflow. */
export interface CallJob extends JobBase {
  readonly kind: 'call';
  readonly ref: string;
  readonly with: TemplateToken | undefined;
  readonly secrets: TemplateToken | 'inherit' | undefined;
}

export type JobSpec = StepsJob | CallJob;

/** An input of a workflow, for a dispatch or a call. */
export interface InputSpec {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly default: TemplateToken | undefined;
}

/** What a workflow offers to its callers. */
export interface CallInterface {
  readonly inputs: readonly InputSpec[];
  readonly secrets: readonly { readonly name: string; readonly isRequired: boolean }[];
  readonly outputs: readonly { readonly name: string; readonly value: TemplateToken }[];
}

/** A workflow file that GitHub's parser accepted. */
export interface Workflow {
  /** Its path in the repository. */
  readonly file: string;
  readonly name: string;
  readonly env: TemplateToken | undefined;
  readonly defaults: TemplateToken | undefined;
  /** Whether its permissions say `id-token: write`; undefined when it has none. */
  readonly idToken: boolean | undefined;
  readonly dispatchInputs: readonly InputSpec[];
  /** Undefined when it cannot be called. */
  readonly call: CallInterface | undefined;
  readonly jobs: readonly JobSpec[];
}

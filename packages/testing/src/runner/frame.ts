import type { JsonObject } from './json.ts';
import type { Conclusion } from './result.ts';

/** A list of steps in which conditions and `steps` are local: a job's, or a composite action's. */
export interface Frame {
  /** The action, when the steps are a composite's. */
  readonly action: { readonly directory: string; readonly inputs: JsonObject } | undefined;
  /** What the step that uses the composite was given as `env`. */
  readonly overlay: Readonly<Record<string, string>>;
  /** Stops the step that uses the composite; a job's own frame has none. */
  readonly signal: AbortSignal | undefined;
  readonly steps: Map<string, FrameStep>;
  /** Names given to steps without an id, so that each is called differently. */
  readonly names: Map<string, number>;
  hasFailed: boolean;
}

/** A step as the `steps` context shows it. */
export interface FrameStep {
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
}

export const createFrame = (
  action?: Frame['action'],
  overlay: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Frame => ({
  action,
  overlay,
  signal,
  steps: new Map(),
  names: new Map(),
  hasFailed: false,
});

/** The `steps` context. */
export const stepsContext = ({ steps }: Frame): JsonObject =>
  Object.fromEntries([...steps].map(([id, step]) => [id, { ...step }]));

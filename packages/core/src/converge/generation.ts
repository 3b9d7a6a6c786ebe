/** When an entry was published, as text: of two, the newer one is greater. */
export type Generation = string;

/** The run that publishes. */
export interface PublishingRun {
  /** Counts up over all workflows and repositories; 0 outside of a run. */
  readonly id: number;
  /** From 1. */
  readonly attempt: number;
}

/** The generation of what a run publishes: the later run wins, then the later attempt. */
export const generationOf = ({ id, attempt }: PublishingRun): Generation =>
  `${digits(id, 16)}.${digits(attempt, 6)}`;

// As many as a whole number can have that is still exact.
const digits = (count: number, length: number): string =>
  String(Math.min(count, 10 ** length - 1)).padStart(length, '0');

/** What a fault may be declared for: the methods of the artifact service, the two ways of a blob, and what the REST API has of other runs. */
export type Operation =
  | 'CreateArtifact'
  | 'FinalizeArtifact'
  | 'ListArtifacts'
  | 'GetSignedArtifactURL'
  | 'DeleteArtifact'
  | 'ListRunArtifacts'
  | 'DownloadRunArtifact'
  | 'upload'
  | 'download';

/** How an operation fails. */
export interface Fault {
  /** The HTTP status of the answer, when the whole answer is the fault. */
  readonly status?: number;
  /** Twirp's code; `internal` when not given. */
  readonly code?: string;
  readonly message?: string;
  /** A download that differs from what was uploaded, or that stops half way. */
  readonly content?: 'corrupt' | 'truncated';
  /** How many times it happens; for ever when not given. */
  readonly times?: number;
}

export interface Faults {
  declare(operation: Operation, fault: Fault): void;
  /** The fault of this request, if there is one, which is then spent. */
  next(operation: string): Fault | undefined;
}

export function createFaults(): Faults {
  const declared: { operation: string; fault: Fault; left: number }[] = [];
  return {
    declare(operation, fault) {
      declared.push({ operation, fault, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    next(operation) {
      const match = declared.find((entry) => entry.operation === operation && entry.left > 0);
      if (match !== undefined) {
        match.left -= 1;
      }
      return match?.fault;
    },
  };
}

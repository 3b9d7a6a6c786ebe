/** The services of a Sigstore instance. */
export type SigstoreService = 'fulcio' | 'rekor' | 'timestamp';

/**
 * How a service fails: no answer on a connection that breaks before (`down`) or after the work (`lost`) or that stays (`slow`), a page of
 * HTML (`garbage`), an HTTP status, an answer of an hour ago (`past`) or hence (`future`), or a sound one about something else (`other`).
 */
export type SigstoreFault =
  | 'down'
  | 'lost'
  | 'slow'
  | 'garbage'
  | 'past'
  | 'future'
  | 'other'
  | number;

/** What the handlers of a service are told. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** The token in `Authorization: Bearer`; empty without one. */
  readonly bearer: string;
  readonly fault: SigstoreFault | undefined;
}

/** What they answer. */
export interface Reply {
  readonly status: number;
  readonly body: string | ArrayBufferView<ArrayBuffer>;
  readonly contentType?: string | undefined;
  readonly location?: string | undefined;
}

/** The clock of a service that answers out of its time; undefined for the real one. */
export function clockOf(fault: SigstoreFault | undefined): Date | undefined {
  const hour = 3_600_000;
  if (fault === 'past') return new Date(Date.now() - hour);
  return fault === 'future' ? new Date(Date.now() + hour) : undefined;
}

/** A refusal in the words of the services, which are those of gRPC's gateway. */
export const refusal = (status: number, message: string): Reply => ({
  status,
  body: JSON.stringify({ code: status, message }),
  contentType: 'application/json',
});

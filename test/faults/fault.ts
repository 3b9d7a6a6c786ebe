import type { RetryOptions, Timeouts } from '@oci-matrix/distribution';
import type { Auth, Capabilities, Fault as RegistryFault } from '@oci-matrix/testing';
import type { Spoil } from './gate.ts';

/** What the client did meanwhile. */
export interface Seen {
  /** What it waited on purpose, in milliseconds. */
  readonly sleeps: readonly number[];
  readonly warnings: readonly string[];
}

/** One thing that goes wrong: a row of the matrix. */
export interface Fault {
  /** What the embedded registry does to requests of the kind; `now` is what the client's clock says. */
  readonly registry?: (now: number) => RegistryFault;
  /** What a server in front of it does to them, where the registry cannot do it by itself. */
  readonly gate?: Spoil;
  /** How many requests the gate does it to; 1 unless given. */
  readonly times?: number;
  /** Nobody listens where the registry is said to be. */
  readonly down?: boolean;
  readonly auth?: Auth;
  readonly capabilities?: Partial<Capabilities>;
  readonly timeouts?: Timeouts;
  readonly retry?: RetryOptions;
  /** The client has talked to the registry before, and has a token where one is wanted. */
  readonly acquainted?: boolean;
  /** How much of a wait passes in truth; none unless given. */
  readonly pace?: number;
  /** How often the same client does the work; once unless given. */
  readonly rounds?: number;
  /** Expects more than the outcome. */
  readonly check?: (seen: Seen) => void;
}

export const ever = Number.POSITIVE_INFINITY;

/** Short enough to run out in a test, and long enough for an honest answer on a busy machine. */
export const patience = 500;

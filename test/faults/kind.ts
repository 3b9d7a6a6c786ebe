import type { Credential, Repository } from '@oci-matrix/distribution';
import type { Auth, Capabilities, Registry } from '@oci-matrix/testing';

/** What a piece of work came to, where it did not fail. */
export type Result = 'done' | 'absent';

/** One kind of request: a column of the matrix. */
export interface Kind {
  /** With `path`, which requests are of this kind. */
  readonly method: string;
  readonly path: RegExp;
  readonly auth?: Auth;
  readonly capabilities?: Partial<Capabilities>;
  /** What the client and the registry have behind them when the fault strikes. */
  before?(repository: Repository, registry: Registry): Promise<void>;
  /** Puts there what the work finds. */
  seed?(registry: Registry): void;
  /** What the client has; the password of the registry unless given. */
  credential?(registry: Registry): Promise<Credential>;
  /** Work that needs such a request; throws `WrongContent` if it is given something that is not so. */
  work(repository: Repository): Promise<Result>;
  /** Whether the registry has what the work put there. */
  isThere?(registry: Registry): boolean;
  /** Whether the registry is as it was before the work, or as it is to be after it; nothing in between will do. */
  isWhole?(registry: Registry): boolean;
}

/** The client passed off something as what was asked for. */
export class WrongContent extends Error {
  override readonly name = 'WrongContent';
}

/** Gives `done` for what is right, `absent` for nothing, and throws for anything else. */
export function judge(actual: unknown, right: unknown): Result {
  if (actual === undefined) return 'absent';
  if (JSON.stringify(actual) === JSON.stringify(right)) return 'done';
  throw new WrongContent(`got ${JSON.stringify(actual)?.slice(0, 200)}`);
}

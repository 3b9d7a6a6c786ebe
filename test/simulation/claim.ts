import type { Descriptor } from '@oci-matrix/oci';

/** What a fan-in may publish, by what was truly handed over when it started. */
export interface Claim {
  /** Of each leg the entry of its newest attempt. */
  readonly entries: readonly Descriptor[];
  /** Digests of older attempts. */
  readonly old: ReadonlySet<string>;
  /** False where a leg is missing or has failed: then nothing may be published. */
  readonly complete: boolean;
  readonly mode: 'merge' | 'replace';
  readonly tags: readonly string[];
  readonly dry: boolean;
  /** What others publish at the same time, so that no entry is lost. */
  readonly others: () => readonly Descriptor[];
}

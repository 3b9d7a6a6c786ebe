/** How long to wait, in milliseconds. */
export interface Pace {
  /** After a write, before looking whether it lasted: by chance between a tenth of it and all. */
  readonly pause: number;
  /** Before the look that confirms, where nobody else was seen. */
  readonly calm: number;
  /** The same where somebody was, or the registry contradicted itself. The promise holds for lists and reads that lag by less. */
  readonly contended: number;
}

/** For registries that lag behind by seconds, as ghcr.io does; docs/converge.md says why. */
export const defaultPace: Pace = { pause: 2_000, calm: 2_000, contended: 20_000 };

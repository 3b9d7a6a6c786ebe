import { OciError } from '@oci-matrix/oci';

/** What is wrong with one input. */
export interface Offence {
  /** The input's name, as a workflow writes it. */
  readonly input: string;
  /** Continues a sentence that starts with the input's name: `"many" is not a whole number`. */
  readonly reason: string;
  /** One imperative sentence. */
  readonly hint?: string | undefined;
}

/** Inputs that the action cannot take; names every one of them, not only the first. */
export class InputError extends OciError {
  override readonly name = 'InputError';
  readonly code = 'INPUT_INVALID';
  readonly offences: readonly Offence[];

  constructor(offences: readonly Offence[]) {
    super(describe(offences), { hint: hintOf(offences) });
    this.offences = offences;
  }
}

function describe(offences: readonly Offence[]): string {
  const parts = offences.map(({ input, reason }) => `input "${input}": ${reason}`);
  return parts.length > 1 ? `${parts.length} inputs are wrong: ${parts.join('; ')}` : parts.join();
}

function hintOf(offences: readonly Offence[]): string | undefined {
  const hints = new Set(offences.map(({ hint }) => hint).filter((hint) => hint !== undefined));
  return hints.size === 0 ? undefined : [...hints].join(' ');
}

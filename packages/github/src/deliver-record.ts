import { canonicalText } from '@oci-matrix/oci';
import { uploadRecord } from './artifacts/upload-record.ts';
import { InputError } from './input-error.ts';
import { fitsOutput } from './output-size.ts';
import type { RunContext } from './run-context.ts';

interface Deliverable {
  readonly group: string;
  readonly leg: string;
  readonly run: { readonly attempt: number };
  /** A host in a job output is lost with the whole output where a secret has the same text. */
  readonly image?: string;
}

/**
 * Sends a leg's record on its way: as an artifact, and, as the value returned, by the step's output. What an output cannot
 * carry goes by artifact alone; where it may not, that is an `InputError`.
 */
export async function deliverRecord(
  record: Deliverable,
  via: 'artifact' | 'output' | 'both' | 'none',
  { log, signal }: Pick<RunContext, 'log' | 'signal'>,
): Promise<string | undefined> {
  if (via === 'artifact' || via === 'both') {
    const { group, leg, run } = record;
    const { artifact } = await uploadRecord({
      group,
      leg,
      attempt: run.attempt,
      json: canonicalText(record),
      signal,
    });
    log.info(`the record of leg ${leg} travels as artifact ${artifact}`);
  }
  if (via === 'artifact' || via === 'none') return undefined;
  const { image: _, ...carried } = record;
  const text = canonicalText(carried);
  if (fitsOutput(text)) return text;
  if (via === 'output') throw tooLarge(record.leg, text.length);
  log.notice(
    `the record of leg ${record.leg} is too large for an output, and travels by artifact alone`,
  );
  return undefined;
}

const tooLarge = (leg: string, length: number): InputError =>
  new InputError([
    {
      input: 'record',
      reason: `the record of leg ${leg} is too large for an output, with ${length} characters`,
      hint: 'Set "record" to artifact or both, or record less.',
    },
  ]);

import { canonicalText } from '@oci-matrix/oci';
import { type LegRecord, parseRecord, type RecordedSignature, recordText } from '../record.ts';

/**
 * The record with these signatures too, in one order; of two of one manifest, in one format and by one signer, the later
 * one. Throws `RECORD_INVALID` where a fan-in could not read it.
 */
export function addSignatures(
  record: LegRecord,
  signatures: readonly RecordedSignature[],
): LegRecord {
  const all = new Map(
    [...(record.signatures ?? []), ...signatures].map((one) => [keyOf(one), one]),
  );
  if (all.size === 0) return record;
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  return parseRecord(recordText({ ...record, signatures: sorted }), `leg ${record.leg}`);
}

const keyOf = ({ subject, format, signedBy }: RecordedSignature): string =>
  canonicalText([subject, format, signedBy]);

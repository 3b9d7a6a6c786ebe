import { type LegRecord, MatrixError, parseRecords } from '@oci-matrix/core';
import { InputError, type Inputs, readRecordsFile } from '@oci-matrix/github';
import type { contract } from './contract.ts';

type SignInputs = Inputs<typeof contract>;

/** What is to be signed: digests, or the tag that one of the inputs names. Several sources, and none, are errors. */
export async function subjectsOf(inputs: SignInputs): Promise<string[]> {
  const { digest, legRecord, recordsFile, records } = inputs;
  const given = { digest, 'leg-record': legRecord, 'records-file': recordsFile, records };
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : name));
  const [source = 'digest', ...others] = names;
  if (names.length === 0 || others.length > 0) {
    throw new InputError([
      {
        input: source,
        reason:
          others.length > 0
            ? `cannot go with ${others.join(', ')}`
            : 'was not given, and nothing else says what to sign',
        hint: 'Give exactly one of digest, leg-record, records-file and records.',
      },
    ]);
  }
  if (digest !== undefined) return [digest];
  if (legRecord !== undefined) return pushedBy([legRecord]);
  const all =
    recordsFile === undefined
      ? records
      : parseRecords(await readRecordsFile(recordsFile), recordsFile);
  return pushedBy(all?.records ?? []);
}

function pushedBy(records: readonly LegRecord[]): string[] {
  const digests = records.flatMap(({ descriptor }) => descriptor?.digest ?? []);
  if (digests.length > 0) return digests;
  throw new MatrixError(
    'INPUT_INVALID',
    'the records name no manifest, so there is nothing to sign',
    {
      hint: 'Push in the leg with push-manifest first; record-outputs alone pushes nothing.',
    },
  );
}

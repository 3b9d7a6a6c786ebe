import type { Digest } from '@oci-matrix/oci';
import type { LegRecord } from './record.ts';
import type { Records } from './records.ts';

/** What each leg recorded, by leg. */
export const outputsByLeg = (records: Records): Record<string, LegRecord['outputs']> =>
  Object.fromEntries(records.records.map(({ leg, outputs }) => [leg, outputs]));

/** The digest that each leg pushed, by leg. */
export const digestsByLeg = (records: Records): Record<string, Digest> =>
  Object.fromEntries(
    records.records.flatMap(({ leg, descriptor }) =>
      descriptor === undefined ? [] : [[leg, descriptor.digest]],
    ),
  );

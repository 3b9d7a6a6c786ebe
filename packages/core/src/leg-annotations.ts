import type { Descriptor } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import type { LegRecord } from './record.ts';

/** On an entry of an index: the group and the leg that it came from, so that a later release finds the entry of a leg that is missing. */
export const legAnnotations = {
  group: 'io.github.oci-matrix.group',
  leg: 'io.github.oci-matrix.leg',
} as const;

/** The record, whose entries say which leg they came from. Attestations stay as their builder wrote them: they go where their subject goes. */
export function markEntries(record: LegRecord): LegRecord {
  const mark = (descriptor: Descriptor): Descriptor =>
    attestationSubject(descriptor) === undefined
      ? {
          ...descriptor,
          annotations: {
            ...descriptor.annotations,
            [legAnnotations.group]: record.group,
            [legAnnotations.leg]: record.leg,
          },
        }
      : descriptor;
  const { descriptor, children } = record;
  return {
    ...record,
    ...(descriptor === undefined ? {} : { descriptor: mark(descriptor) }),
    ...(children === undefined ? {} : { children: children.map(mark) }),
  };
}

/** True of the entry of a leg that was marked. */
export const isEntryOf = (
  { annotations }: Descriptor,
  { group, leg }: Pick<LegRecord, 'group' | 'leg'>,
): boolean =>
  annotations?.[legAnnotations.group] === group && annotations?.[legAnnotations.leg] === leg;

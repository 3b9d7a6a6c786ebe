import type { CarriedRecord } from './carried-record.ts';
import { slugOf } from './leg.ts';

/** What the names of all artifacts with records begin with. */
const prefix = 'oci-matrix-';
// Names show no more of a group: they have to be short.
const shownOfGroup = 32;

/**
 * True unless a record that cannot be read surely belongs to another group: its text says so or, where that is no JSON, its
 * artifact's name does. In doubt it may be the newest of a leg, and must not be passed over.
 */
export function mayBeOf(group: string, { artifact, text }: CarriedRecord): boolean {
  const said = groupIn(text);
  if (said !== undefined) return said === group;
  if (!artifact.startsWith(prefix)) return true;
  const shown = slugOf(group).slice(0, shownOfGroup);
  return slugOf(artifact.slice(prefix.length)).startsWith(shown);
}

function groupIn(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRecord = typeof value === 'object' && value !== null && 'group' in value;
    return isRecord && typeof value.group === 'string' ? value.group : undefined;
  } catch {
    return undefined;
  }
}

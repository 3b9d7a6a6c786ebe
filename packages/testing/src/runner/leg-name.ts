import type { Json, JsonObject } from './json.ts';

/** The longest name that GitHub shows for a job. */
const maxLength = 100;

/** The name of a leg as GitHub writes it: the job's, then the leg's values, innermost ones too. */
export function legName(name: string, matrix: JsonObject | null): string {
  const values = matrix === null ? [] : leaves(matrix).filter((value) => value !== '');
  const full = values.length === 0 ? name : `${name} (${values.join(', ')})`;
  return full.length > maxLength ? `${full.slice(0, maxLength - 3)}...` : full;
}

function leaves(value: Json): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).flatMap(leaves);
  }
  return [value === null ? '' : String(value)];
}

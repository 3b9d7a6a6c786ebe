import { MatrixError } from './error.ts';
import { expandMatrix } from './expand-matrix.ts';
import { legId, type Matrix } from './leg.ts';

/** What the user says must be there: how many legs, or which. */
export type Expectation =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'legs'; readonly legs: readonly string[] };

/**
 * Reads `expect`: a number of legs, leg ids (one a line, or a JSON list), a matrix as JSON,
 * or the list of its legs' values. Values become the ids that their legs have by default.
 */
export function parseExpect(text: string): Expectation {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return { kind: 'count', count: atLeastOne(Number(trimmed)) };
  const legs = [...new Set(/^[[{]/.test(trimmed) ? fromJson(trimmed) : linesOf(trimmed))];
  atLeastOne(legs.length);
  return { kind: 'legs', legs };
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function fromJson(text: string): string[] {
  const value = parseJson(text);
  const items = Array.isArray(value) ? value : expandMatrix(value as Matrix);
  return items.map(idOf);
}

// As a matrix is where the job that planned it failed, or found nothing to do.
function atLeastOne(count: number): number {
  if (count === 0) throw invalid('it names no leg');
  return count;
}

function idOf(item: unknown): string {
  if (typeof item === 'string') return item;
  if (typeof item === 'object' && item !== null && !Array.isArray(item))
    return legId(item as Matrix);
  throw invalid(`${JSON.stringify(item)} is neither a leg's id nor its values`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it begins like JSON, and is not');
  }
}

const invalid = (reason: string): MatrixError =>
  new MatrixError('INPUT_INVALID', `expect cannot be read: ${reason}`, {
    hint: 'Give a number of legs, one leg id a line, or the matrix as JSON, as the job that planned it put it out.',
  });

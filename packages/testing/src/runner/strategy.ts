import { isBasicExpression } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { Scope } from './expressions.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { legName } from './leg-name.ts';
import { expandMatrix } from './matrix.ts';
import { evaluateTemplate, evaluateText } from './template.ts';
import type { JobSpec } from './workflow.ts';

/** A leg to run: its contexts, and its place among the others. */
export interface PlannedLeg {
  readonly index: number;
  readonly matrix: JsonObject | null;
  readonly strategy: JsonObject;
}

/** The legs of a job, and how they run together. */
export interface Plan {
  readonly legs: readonly PlannedLeg[];
  readonly failFast: boolean;
  readonly maxParallel: number;
}

/** Plans the legs of a job; one without a matrix has a single leg. */
export function planLegs({ strategy }: JobSpec, scope: Scope): Plan {
  const value = strategy === undefined ? {} : evaluateTemplate(strategy, scope);
  const { matrix, ...settings } = isJsonObject(value) ? value : {};
  const combinations = isJsonObject(matrix) ? expandMatrix(matrix) : [null];
  if (matrix !== undefined && !isJsonObject(matrix)) {
    throw new RangeError(`the matrix is not a mapping: ${JSON.stringify(matrix)}`);
  }
  const failFast = settings['fail-fast'] !== false && settings['fail-fast'] !== 'false';
  const maxParallel = positive(settings['max-parallel']) ?? combinations.length;
  const legs = combinations.map((combination, index) => ({
    index,
    matrix: combination,
    strategy: {
      'fail-fast': failFast,
      'job-index': index,
      'job-total': combinations.length,
      'max-parallel': maxParallel,
    },
  }));
  return { legs, failFast, maxParallel };
}

const positive = (value: Json | undefined): number | undefined =>
  Number(value ?? 0) > 0 ? Number(value) : undefined;

/** The name of a leg: an expression says it all, anything else gets the values of the matrix. */
export function displayName(
  { id, name }: JobSpec,
  matrix: JsonObject | null,
  scope: Scope,
): string {
  const text = evaluateText(name, scope) || id;
  return name !== undefined && isBasicExpression(name) ? text : legName(text, matrix);
}

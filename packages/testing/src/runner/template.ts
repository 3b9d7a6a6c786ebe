import { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import {
  isBasicExpression,
  isBoolean,
  isMapping,
  isNumber,
  isScalar,
  isSequence,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';
import { evaluate, fromData, type Scope } from './expressions.ts';
import { isJsonObject, type Json } from './json.ts';

/** A value in a workflow that may hold expressions, or a literal. */
export type Template = TemplateToken | Json;

/** Evaluates a template, whatever it is, to plain JSON. */
export function evaluateTemplate(template: Template, scope: Scope): Json {
  if (!(template instanceof TemplateToken)) {
    return template;
  }
  if (isBasicExpression(template)) {
    return fromData(evaluate(template.expression, scope));
  }
  if (isString(template) || isNumber(template) || isBoolean(template)) {
    return template.value;
  }
  if (isSequence(template)) {
    return [...template].map((item) => evaluateTemplate(item, scope));
  }
  return isMapping(template) ? evaluateMapping(template, scope) : null;
}

function evaluateMapping(
  mapping: Iterable<{ key: TemplateToken; value: TemplateToken }>,
  scope: Scope,
) {
  const entries = [...mapping].flatMap(({ key, value }) => {
    const evaluated = evaluateTemplate(value, scope);
    // `${{ insert }}: ${{ … }}` spreads a mapping into this one.
    const isInsert = key.isExpression && !isBasicExpression(key);
    return isInsert && isJsonObject(evaluated)
      ? Object.entries(evaluated)
      : [[evaluateText(key, scope), evaluated] satisfies [string, Json]];
  });
  return Object.fromEntries(entries);
}

/** Evaluates a scalar to text, with the coercion of expressions: `true`, `0.5`, the empty string for null. */
export function evaluateText(template: Template | undefined, scope: Scope): string {
  if (template instanceof TemplateToken) {
    if (isBasicExpression(template)) {
      return evaluate(template.expression, scope).coerceString();
    }
    return isScalar(template) ? template.toString() : '';
  }
  return template === undefined || template === null ? '' : String(template);
}

/** Evaluates a mapping of scalars, as `env:` and `with:` are, to text by key, in order. */
export function evaluateTexts(
  template: Template | undefined,
  scope: Scope,
): Record<string, string> {
  if (template instanceof TemplateToken && isBasicExpression(template)) {
    return texts(fromData(evaluate(template.expression, scope)));
  }
  if (!(template instanceof TemplateToken)) {
    return texts(template);
  }
  if (!isMapping(template)) {
    return {};
  }
  const entries = [...template].flatMap(({ key, value }) =>
    key.isExpression && !isBasicExpression(key)
      ? Object.entries(texts(evaluateTemplate(value, scope)))
      : [[evaluateText(key, scope), evaluateText(value, scope)] satisfies [string, string]],
  );
  return Object.fromEntries(entries);
}

const texts = (value: Json | undefined): Record<string, string> =>
  isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, evaluateText(item, { contexts: {} })]),
      )
    : {};

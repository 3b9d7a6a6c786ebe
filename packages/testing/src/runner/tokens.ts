import { ensureStatusFunction } from '@actions/workflow-parser/model/converter/if-condition';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import {
  isBasicExpression,
  isMapping,
  isString,
} from '@actions/workflow-parser/templates/tokens/type-guards';

/** The value of a key, when the token is a mapping that has it. */
export const field = (token: TemplateToken | undefined, key: string): TemplateToken | undefined =>
  token !== undefined && isMapping(token) ? token.find(key) : undefined;

/** The entries of a mapping by their keys; none when the token is no mapping. */
export const entries = (token: TemplateToken | undefined): [string, TemplateToken][] =>
  token !== undefined && isMapping(token)
    ? [...token].map(({ key, value }) => [key.toString(), value])
    : [];

/** The text of a literal; empty when there is none. */
export const literal = (token: TemplateToken | undefined): string =>
  token?.isLiteral === true ? String(token) : '';

/** A condition that asks for a status, since one that does not is only met on success. */
export function readCondition(token: TemplateToken | undefined): string {
  if (token === undefined) {
    return 'success()';
  }
  const text = isBasicExpression(token)
    ? token.expression
    : isString(token)
      ? token.value
      : String(token);
  return text.trim() === '' ? 'success()' : ensureStatusFunction(text.trim(), token.definitionInfo);
}

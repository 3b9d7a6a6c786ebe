import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import type { Token } from '@actions/expressions/lexer';
import { truthy } from '@actions/expressions/result';
import type { Json, JsonObject } from './json.ts';

/** What an expression can see: contexts by name, and functions beyond the well-known ones. */
export interface Scope {
  readonly contexts: JsonObject;
  readonly functions?: readonly FunctionDefinition[];
}

/** Evaluates an expression, without its `${{ }}`, as GitHub's own library does. */
export function evaluate(expression: string, scope: Scope): data.ExpressionData {
  const functions = scope.functions ?? [];
  const contexts = new data.Dictionary();
  for (const [key, value] of Object.entries(scope.contexts)) {
    contexts.add(key, toData(value));
  }
  const tokens = new Lexer(expression).lex().tokens.map(unquoted);
  const parsed = new Parser(tokens, Object.keys(scope.contexts), [...functions]).parse();
  const byName = new Map(functions.map((definition) => [definition.name, definition]));
  return new Evaluator(parsed, contexts, byName).evaluate();
}

/** The lexer (0.3.61) undoubles the first quote of a string alone, where GitHub undoubles them all. */
const unquoted = (token: Token): Token =>
  typeof token.value === 'string' && token.lexeme.startsWith("'")
    ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") }
    : token;

export const evaluateCondition = (expression: string, scope: Scope): boolean =>
  truthy(evaluate(expression, scope));

export function toData(value: Json): data.ExpressionData {
  if (value === null) {
    return new data.Null();
  }
  if (typeof value === 'string') {
    return new data.StringData(value);
  }
  if (typeof value === 'number') {
    return new data.NumberData(value);
  }
  if (typeof value === 'boolean') {
    return new data.BooleanData(value);
  }
  if (Array.isArray(value)) {
    return new data.Array(...value.map(toData));
  }
  const pairs = Object.entries(value).map(([key, item]) => ({ key, value: toData(item) }));
  return new data.Dictionary(...pairs);
}

/** The plain JSON that an expression gave. */
export const fromData = (value: data.ExpressionData): Json =>
  JSON.parse(JSON.stringify(value, data.replacer));

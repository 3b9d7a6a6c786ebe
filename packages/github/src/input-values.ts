import { expression } from './expression.ts';
import { InputError } from './input-error.ts';

/** Reads a text that is not empty; the name is for messages. */
export type ParseValue<T> = (text: string, name: string) => T;

export const parseText: ParseValue<string> = (text) => text;

export const parseLines: ParseValue<readonly string[]> = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const parseBoolean: ParseValue<boolean> = (text, name) => {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw wrong(name, `${quote(text)} is neither true nor false`, 'to true or false');
};

export function parseInteger(min: number, max = Number.MAX_SAFE_INTEGER): ParseValue<number> {
  const range =
    max === Number.MAX_SAFE_INTEGER
      ? `a whole number from ${min}`
      : `a whole number from ${min} to ${max}`;
  return (text, name) => {
    const value = Number(text);
    if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= min && value <= max) {
      return value;
    }
    throw wrong(name, `${quote(text)} is not ${range}`, `to ${range}, in digits`);
  };
}

export function parseChoice<const C extends string>(choices: readonly C[]): ParseValue<C> {
  return (text, name) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice !== undefined) return choice;
    throw wrong(name, `${quote(text)} is no choice`, `to one of: ${choices.join(', ')}`);
  };
}

export function parseJson<T>(parse?: (value: unknown) => T): ParseValue<T> {
  return (text, name) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw wrong(
        name,
        `${quote(text)} is not JSON`,
        `to JSON, e.g. with ${expression('toJSON(…)')}`,
      );
    }
    return parse === undefined ? (value as T) : parse(value);
  };
}

const wrong = (input: string, reason: string, right: string): InputError =>
  new InputError([{ input, reason, hint: `Set "${input}" ${right}.` }]);

/** Text for a message: in quotes, at most 100 characters. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);

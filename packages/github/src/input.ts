import { InputError } from './input-error.ts';
import {
  type ParseValue,
  parseBoolean,
  parseChoice,
  parseInteger,
  parseJson,
  parseLines,
  parseText,
} from './input-values.ts';

export interface InputOptions {
  readonly description: string;
  /** What the runner gives where a workflow says nothing: text, or an expression such as `${{ github.token }}`. */
  readonly default?: string;
  readonly required?: boolean;
  /** Left out of the README: it has an expression for a default, and is nothing for users to write. */
  readonly hidden?: boolean;
  /** Masked in the log before anything else happens; never quoted in a message. */
  readonly secret?: boolean;
  /** Why not to use it any more, and what to use. */
  readonly deprecated?: string;
}

/** One input of an action: how it looks in `action.yml`, and how its text is read. */
export interface Input<T> extends InputOptions {
  /** The values that a choice takes. */
  readonly choices?: readonly string[];
  /** Reads the text that the runner gives; throws `InputError` or whatever a custom parser throws. */
  readonly read: (text: string, name: string) => T;
}

/** A required or defaulted input is always there; any other may be undefined. */
export type Parsed<O extends InputOptions, T> = O extends
  | { readonly default: string }
  | { readonly required: true }
  ? T
  : T | undefined;

/** The kinds of inputs. All trim; an empty value takes the default, unless that is an expression. */
export const input = {
  /** One text. Empty only where its default is an expression, or empty. */
  text: <const O extends InputOptions>(options: O): Input<Parsed<O, string>> =>
    build(options, parseText, ''),

  lines,

  /** `true` or `false`. */
  boolean: <const O extends InputOptions>(options: O): Input<Parsed<O, boolean>> =>
    build(options, parseBoolean),

  /** A whole number; from 0 unless `min` says otherwise. */
  integer: <const O extends InputOptions & { readonly min?: number; readonly max?: number }>(
    options: O,
  ): Input<Parsed<O, number>> => build(options, parseInteger(options.min ?? 0, options.max)),

  /** One of the given texts. */
  choice: <const O extends InputOptions, const C extends string>(
    options: O,
    choices: readonly C[],
  ): Input<Parsed<O, C>> => ({ ...build(options, parseChoice(choices)), choices }),

  /** JSON; `parse` checks the value, and may throw. */
  json: <const O extends InputOptions, T = unknown>(
    options: O,
    parse?: (value: unknown) => T,
  ): Input<Parsed<O, T>> => build(options, parseJson(parse)),

  /** Any other text; `parse` may throw, and an `OciError` keeps its hint. */
  custom: <const O extends InputOptions, T>(
    options: O,
    parse: ParseValue<T>,
  ): Input<Parsed<O, T>> => build(options, parse),
};

/** One item a line, trimmed, empty lines dropped; `#` and commas are data. `parse` gets the items, also when there are none. */
function lines(options: InputOptions): Input<readonly string[]>;
function lines<T>(options: InputOptions, parse: (items: readonly string[]) => T): Input<T>;
function lines(
  options: InputOptions,
  parse: (items: readonly string[]) => unknown = (items) => items,
): Input<unknown> {
  const read: ParseValue<unknown> = (text, name) => parse(parseLines(text, name));
  return build({ ...options, default: options.default ?? '' }, read, parse([]));
}

function build<O extends InputOptions, T>(
  options: O,
  parse: ParseValue<T>,
  empty?: T,
): Input<Parsed<O, T>> {
  const fallback = isExpression(options.default) ? undefined : options.default?.trim();
  const read = (text: string, name: string): T | undefined => {
    const value = text.trim() || fallback || '';
    if (value !== '') return parse(value, name);
    if (options.required) throw missing(name);
    if (options.default === undefined || empty !== undefined) {
      return options.default === undefined ? undefined : empty;
    }
    throw new InputError([
      { input: name, reason: 'is empty', hint: `Give "${name}" a value, or leave it out.` },
    ]);
  };
  return { ...options, read: read as (text: string, name: string) => Parsed<O, T> };
}

const isExpression = (text: string | undefined): boolean => text?.includes('${{') ?? false;

const missing = (name: string): InputError =>
  new InputError([
    {
      input: name,
      reason: 'is required, and was not given',
      hint: `Add "${name}" to the "with:" of the step.`,
    },
  ]);

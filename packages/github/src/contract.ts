import type { CamelCase } from './camel-case.ts';
import type { Input } from './input.ts';

/** How the Marketplace shows an action: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#branding */
export interface Branding {
  readonly icon: string;
  readonly color: string;
}

/** All that users can rely on: the single source of `action.yml`, of the README's tables and of the types. */
export interface ActionContract<
  I extends Readonly<Record<string, Input<unknown>>> = Readonly<Record<string, Input<unknown>>>,
  O extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
> {
  readonly name: string;
  readonly description: string;
  readonly branding?: Branding;
  readonly inputs: I;
  /** A description for each output. */
  readonly outputs: O;
}

/** The inputs as `run` gets them: camelCase keys, parsed values. */
export type Inputs<C extends ActionContract> = {
  readonly [K in keyof C['inputs'] & string as CamelCase<K>]: C['inputs'][K] extends Input<infer T>
    ? T
    : never;
};

/** The outputs as `run` returns them: camelCase keys; what is not text becomes canonical JSON; undefined is not set. */
export type Outputs<C extends ActionContract> = {
  readonly [K in keyof C['outputs'] & string as CamelCase<K>]: unknown;
};

/** Declares an action. Changes nothing; it is there for the types. */
export const defineAction = <
  const I extends Readonly<Record<string, Input<unknown>>>,
  const O extends Readonly<Record<string, string>>,
>(
  contract: ActionContract<I, O>,
): ActionContract<I, O> => contract;

import { OciError } from '@oci-matrix/oci';
import { camelCase } from './camel-case.ts';
import type { ActionContract, Inputs } from './contract.ts';
import { InputError, type Offence } from './input-error.ts';
import type { Secrets } from './secrets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every input, and throws one `InputError` that names all that are wrong. Secrets are masked before anything is parsed. */
export function parseInputs<C extends ActionContract>(
  { inputs }: C,
  environment: Environment,
  secrets: Secrets,
): Inputs<C> {
  const texts = Object.keys(inputs).map((name) => [name, textOf(name, environment)] as const);
  for (const [name, text] of texts) if (inputs[name]?.secret) secrets.add(text);

  const offences: Offence[] = [];
  const values = texts.map(([name, text]) => {
    try {
      return [camelCase(name), inputs[name]?.read(text, name)];
    } catch (error) {
      offences.push(...offencesOf(error, name, inputs[name]?.secret === true && text !== ''));
      return [];
    }
  });
  if (offences.length > 0) throw new InputError(offences);
  return Object.fromEntries(values) as Inputs<C>;
}

/** The variable that the runner makes of an input's name (actions/runner v2.336): only spaces change. */
export const inputVariable = (name: string): string =>
  `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;

const textOf = (name: string, environment: Environment): string =>
  (environment[inputVariable(name)] ?? '').replaceAll('\r\n', '\n');

function offencesOf(error: unknown, input: string, secret: boolean): readonly Offence[] {
  // Whatever the parser says may quote the value.
  if (secret) return [{ input, reason: 'is not a value that it can have' }];
  if (error instanceof InputError) return error.offences;
  const reason = error instanceof Error ? error.message : String(error);
  return [{ input, reason, hint: error instanceof OciError ? error.hint : undefined }];
}

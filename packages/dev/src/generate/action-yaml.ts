import type { ActionContract, Input } from '@oci-matrix/github';
import { Document } from 'yaml';

/** The `action.yml` of a contract; `main` is relative to it: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
export function actionYaml(contract: ActionContract, main: string): string {
  const { name, description, branding, inputs, outputs } = contract;
  const document = new Document({
    name,
    description,
    ...(branding === undefined ? {} : { branding }),
    inputs: mapValues(inputs, inputOf),
    outputs: mapValues(outputs, (text) => ({ description: text })),
    runs: { using: 'node24', main },
  });
  document.commentBefore = ' Generated from contract.ts by "npm run generate".';
  return document.toString({ lineWidth: 0 });
}

const inputOf = (input: Input<unknown>): Record<string, unknown> => ({
  description: describe(input),
  ...(input.required ? { required: true } : {}),
  ...(input.default ? { default: input.default } : {}),
  ...(input.deprecated === undefined ? {} : { deprecationMessage: input.deprecated }),
});

/** What an input is for, and for a choice the values that it takes. */
export function describe({ description, choices }: Input<unknown>): string {
  if (choices === undefined) return description;
  return `${description} One of: ${choices.map((choice) => `\`${choice}\``).join(', ')}.`;
}

const mapValues = <T, U>(
  record: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

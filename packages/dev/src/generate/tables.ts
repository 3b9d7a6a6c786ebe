import type { ActionContract, Input } from '@oci-matrix/github';
import { describe } from './action-yaml.ts';

export interface Tables {
  readonly inputs: string;
  readonly outputs: string;
}

/** The tables of a README: the inputs that users write, and the outputs. */
export function tables({ inputs, outputs }: ActionContract): Tables {
  const visible = Object.entries(inputs).filter(([, { hidden }]) => !hidden);
  return {
    inputs: table(
      ['Input', 'What it is', 'Default'],
      visible.map(([name, input]) => [`\`${name}\``, purpose(input), fallback(input)]),
    ),
    outputs: table(
      ['Output', 'What it is'],
      Object.entries(outputs).map(([name, description]) => [`\`${name}\``, description]),
    ),
  };
}

const purpose = (input: Input<unknown>): string =>
  input.deprecated === undefined
    ? describe(input)
    : `Deprecated: ${input.deprecated} ${describe(input)}`;

function fallback(input: Input<unknown>): string {
  if (input.required) return 'required';
  return input.default ? `\`${input.default}\`` : '';
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

import type { ActionContract } from '@oci-matrix/github';
import { tables } from './tables.ts';

/** The README with the tables of the contract in it; undefined stands for one that is not there yet. Throws where a place for a table is missing. */
export function readme(contract: ActionContract, current: string | undefined): string {
  const { inputs, outputs } = tables(contract);
  const withInputs = replaceBetween(current ?? blank(contract), 'inputs', inputs);
  return replaceBetween(withInputs, 'outputs', outputs);
}

const markers = (name: string): readonly [string, string] => [
  `<!-- ${name}:begin -->`,
  `<!-- ${name}:end -->`,
];

function replaceBetween(document: string, name: string, table: string): string {
  const [begin, end] = markers(name);
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`there is no ${begin} … ${end}`);
  return `${document.slice(0, from + begin.length)}\n${table}\n${document.slice(to)}`;
}

function blank({ name, description }: ActionContract): string {
  const section = (title: string, marker: string): string =>
    `## ${title}\n\n${markers(marker).join('\n')}\n`;
  return [
    `# ${name}\n`,
    `${description}\n`,
    section('Inputs', 'inputs'),
    section('Outputs', 'outputs'),
  ].join('\n');
}

import type { RunContext } from './run-context.ts';
import { setOutput } from './set-output.ts';

type OutputsByLeg = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Sets an output `<leg>.<key>` for everything that a leg recorded. A JavaScript action may set outputs that its `action.yml` does
 * not declare: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#outputs-for-docker-container-and-javascript-actions
 * Names that cannot be written in an expression, and those that two legs would share, are left to the JSON of all outputs.
 */
export function writeLegOutputs(outputs: OutputsByLeg, { env }: Pick<RunContext, 'env'>): void {
  const file = env.GITHUB_OUTPUT;
  if (!file) return;
  const pairs = Object.entries(outputs).flatMap(([leg, values]) =>
    Object.entries(values).map(([key, value]) => [`${leg}.${key}`, value] as const),
  );
  // A leg "a" with "b.c" and a leg "a.b" with "c".
  const sameName = Map.groupBy(pairs, ([name]) => name);
  for (const [name, [first, ...others]] of sameName) {
    if (first === undefined || others.length > 0 || !isName(name)) continue;
    setOutput(file, name, first[1]);
  }
}

const isName = (text: string): boolean =>
  /^[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z0-9_.-]*[A-Za-z0-9_-]$/.test(text);

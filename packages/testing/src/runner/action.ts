import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { StepError } from './error.ts';
import { parseAction } from './parse.ts';
import { readSteps } from './read-steps.ts';
import { entries, field, literal } from './tokens.ts';
import type { StepSpec } from './workflow.ts';

/** An action that runs under Node. */
export interface NodeRuns {
  readonly kind: 'node';
  readonly main: string;
  /** Empty when there is none. */
  readonly pre: string;
  readonly preCondition: string;
  readonly post: string;
  readonly postCondition: string;
}

/** An action made of steps. */
export interface CompositeRuns {
  readonly kind: 'composite';
  readonly steps: readonly StepSpec[];
}

/** An action, as its metadata file describes it. */
export interface Action {
  readonly directory: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly default: TemplateToken | undefined;
    readonly deprecation: string;
  }[];
  /** The value is a composite's: the outputs of a Node action are what it writes. */
  readonly outputs: readonly { readonly name: string; readonly value: TemplateToken | undefined }[];
  readonly runs: NodeRuns | CompositeRuns;
}

/** Reads `action.yml`, or `action.yaml`, of a folder, with GitHub's own parser. */
export async function readAction(directory: string, ref: string): Promise<Action> {
  for (const name of ['action.yml', 'action.yaml']) {
    const content = await readFile(join(directory, name), 'utf8').catch(() => undefined);
    if (content !== undefined) {
      return readRoot(await parseAction(join(ref, name), content), directory, ref);
    }
  }
  throw new StepError(`there is no action.yml for ${ref}`, {
    hint: 'Run actions/checkout before a step that uses an action of the workspace.',
  });
}

const readRoot = (root: TemplateToken, directory: string, ref: string): Action => ({
  directory,
  inputs: entries(field(root, 'inputs')).map(([name, input]) => ({
    name,
    default: field(input, 'default'),
    deprecation: literal(field(input, 'deprecationMessage')),
  })),
  outputs: entries(field(root, 'outputs')).map(([name, output]) => ({
    name,
    value: field(output, 'value'),
  })),
  runs: readRuns(field(root, 'runs'), ref),
});

function readRuns(runs: TemplateToken | undefined, ref: string): NodeRuns | CompositeRuns {
  const using = literal(field(runs, 'using'));
  if (using === 'composite') {
    return { kind: 'composite', steps: readSteps(field(runs, 'steps')) };
  }
  if (using !== 'node20' && using !== 'node24') {
    throw new StepError(`the action ${ref} runs on ${using}, which this runner cannot run`, {
      hint: 'Use an action that runs on node24, or a composite one.',
    });
  }
  return {
    kind: 'node',
    main: literal(field(runs, 'main')),
    pre: literal(field(runs, 'pre')),
    preCondition: literal(field(runs, 'pre-if')) || 'always()',
    post: literal(field(runs, 'post')),
    postCondition: literal(field(runs, 'post-if')) || 'always()',
  };
}

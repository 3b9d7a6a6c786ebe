import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { isBasicExpression } from '@actions/workflow-parser/templates/tokens/type-guards';
import type { Frame } from './frame.ts';
import type { StepSpec } from './workflow.ts';

/** The name of a step before anything is evaluated: its own, or what it runs. */
export function sourceName(spec: StepSpec): string {
  return spec.name === undefined ? fallbackName(spec) : sourceText(spec.name);
}

/** The name of a step that has none: what it runs. */
export function fallbackName({ work }: StepSpec): string {
  const [firstLine = ''] = (work.kind === 'uses' ? work.ref : sourceText(work.script).trim()).split(
    '\n',
  );
  return `Run ${firstLine}`;
}

/** A token as it is written in the file. */
const sourceText = (token: TemplateToken): string =>
  isBasicExpression(token) ? (token.source ?? token.expression) : String(token);

/** What GITHUB_ACTION holds: the id, or a name that no other step of the frame has. */
export function stepKey(frame: Frame, { id, work }: StepSpec): string {
  if (id !== '') {
    return id;
  }
  const base = work.kind === 'run' ? '__run' : `__${keyPart(work.ref)}`;
  const count = (frame.names.get(base) ?? 0) + 1;
  frame.names.set(base, count);
  return count === 1 ? base : `${base}_${count}`;
}

function keyPart(ref: string): string {
  const isLocal = ref.startsWith('./') || ref.startsWith('$/');
  const [owner = '', name = ''] = (ref.split('@')[0] ?? '').split('/');
  return isLocal ? 'self' : `${owner}_${name}`.replace(/[^\w-]/g, '_');
}

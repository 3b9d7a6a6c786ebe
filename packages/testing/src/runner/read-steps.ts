import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import { isSequence } from '@actions/workflow-parser/templates/tokens/type-guards';
import { field, literal, readCondition } from './tokens.ts';
import type { StepSpec } from './workflow.ts';

/** The steps of a job or of a composite action. */
export const readSteps = (token: TemplateToken | undefined): StepSpec[] =>
  token !== undefined && isSequence(token) ? [...token].map(readStep) : [];

function readStep(token: TemplateToken): StepSpec {
  const script = field(token, 'run');
  return {
    id: literal(field(token, 'id')),
    name: field(token, 'name'),
    condition: readCondition(field(token, 'if')),
    env: field(token, 'env'),
    continueOnError: field(token, 'continue-on-error'),
    timeoutMinutes: field(token, 'timeout-minutes'),
    work:
      script === undefined
        ? { kind: 'uses', ref: literal(field(token, 'uses')), with: field(token, 'with') }
        : {
            kind: 'run',
            script,
            shell: field(token, 'shell'),
            workingDirectory: field(token, 'working-directory'),
          },
  };
}

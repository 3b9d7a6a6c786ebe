import type { TemplateContext } from '@actions/workflow-parser/templates/template-context';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import '../json-modules.ts';
import { InvalidWorkflowError } from './error.ts';
import { readWorkflow } from './read-workflow.ts';
import type { Workflow } from './workflow.ts';

/** GitHub's parser: imported late, since plain Node cannot load it before the hook above is there. */
const loadParser = async () => ({
  ...(await import('@actions/workflow-parser')),
  ...(await import('@actions/workflow-parser/actions/index')),
});

/** Reads a workflow with GitHub's own parser, which refuses what GitHub refuses. */
export async function parseWorkflow(file: string, content: string): Promise<Workflow> {
  const parser = await loadParser();
  const trace = new parser.NoOperationTraceWriter();
  const { context, value } = parser.parseWorkflow({ name: file, content }, trace);
  if (value !== undefined) {
    await parser.convertWorkflowTemplate(context, value);
  }
  return readWorkflow(validated(file, context, value), file);
}

/** Reads an action's metadata file to tokens, in the same way. */
export async function parseAction(file: string, content: string): Promise<TemplateToken> {
  const parser = await loadParser();
  const trace = new parser.NoOperationTraceWriter();
  const { context, value } = parser.parseAction({ name: file, content }, trace);
  if (value !== undefined) {
    parser.convertActionTemplate(context, value);
  }
  return validated(file, context, value);
}

function validated(
  file: string,
  context: TemplateContext,
  value: TemplateToken | undefined,
): TemplateToken {
  const problems = context.errors.getErrors().map(({ range, rawMessage }) => ({
    file,
    ...(range === undefined ? {} : { line: range.start.line, column: range.start.column }),
    message: firstSentence(rawMessage),
  }));
  if (problems.length > 0 || value === undefined) {
    throw new InvalidWorkflowError(problems);
  }
  return value;
}

/** A YAML message repeats the position and draws the line: the sentence alone is kept. */
const firstSentence = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:$/, '');

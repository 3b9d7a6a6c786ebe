import { test } from 'vitest';
import { type ToolName, toolNames, versionOf } from './tools.ts';

const missing = new Set(toolNames.filter((tool) => versionOf(tool) === undefined));

/** A test that needs tools: their names are in its own, so that one that is skipped says for want of what. */
export function testWith(
  tools: readonly ToolName[],
  sentence: string,
  body: () => Promise<void>,
): void {
  const isMissing = tools.some((tool) => missing.has(tool));
  test.skipIf(isMissing)(`${tools.join(', ')}: ${sentence}`, body);
}

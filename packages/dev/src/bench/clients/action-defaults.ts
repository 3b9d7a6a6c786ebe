import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkout } from '../versions.ts';

/** The defaults of an action's inputs, by name; those that GitHub would compute are not among them. */
export function actionDefaults(action: string): Record<string, string> {
  const text = readFileSync(join(checkout, 'actions', action, 'action.yml'), 'utf8');
  const document: { inputs?: Record<string, { default?: string }> } = parse(text);
  const defaults = Object.entries(document.inputs ?? {}).map(([name, input]) => [
    name,
    input.default ?? '',
  ]);
  return Object.fromEntries(defaults.filter(([, value]) => !value?.startsWith('${{')));
}

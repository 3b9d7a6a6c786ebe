import type { Action } from './action.ts';
import { inputVariable } from './environment.ts';
import type { StepRun } from './step-run.ts';
import { evaluateText, evaluateTexts } from './template.ts';

/**
 * The inputs of an action by name: what `with:` gives, then the defaults of the keys it leaves out.
 * An explicit empty string stays empty, and nothing is required, as on GitHub.
 */
export function actionInputs(step: StepRun, action: Action): Record<string, string> {
  const { spec, scope, log } = step;
  const given = spec.work.kind === 'uses' ? evaluateTexts(spec.work.with, scope) : {};
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const known = new Map(action.inputs.map((input) => [input.name.toLowerCase(), input]));

  for (const name of names) {
    const input = known.get(name);
    if (input === undefined) {
      const valid = [...known.keys()].join(', ');
      log.annotate({ level: 'warning', message: `unexpected input ${name}, known are: ${valid}` });
    } else if (input.deprecation !== '') {
      log.annotate({ level: 'warning', message: `input ${name}: ${input.deprecation}` });
    }
  }
  const defaults = [...known]
    .filter(([name]) => !names.has(name))
    .map(([name, input]) => [name, evaluateText(input.default, scope)]);
  return { ...given, ...Object.fromEntries(defaults) };
}

/** The inputs as the variables in which an action finds them. */
export const inputVariables = (inputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]));

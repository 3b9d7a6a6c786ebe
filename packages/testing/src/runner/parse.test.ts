import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseAction } from './parse.ts';

test('plain Node loads the parser too', async () => {
  const module = JSON.stringify(import.meta.resolve('./parse.ts'));
  const script = `
    const { parseWorkflow } = await import(${module});
    const { jobs } = await parseWorkflow('w.yml', 'on: push\\njobs: { a: { runs-on: x, steps: [{ run: ls }] } }');
    console.log(jobs.length);
  `;

  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ]);

  expect(stdout).toBe('1\n');
});

test('an action that GitHub would refuse is refused, with its place', async () => {
  const action = parseAction(
    'a/action.yml',
    'name: A\ndescription: A\nruns: { using: node26, main: x }\n',
  );

  await expect(action).rejects.toThrow(/^a\/action\.yml:3:\d+: .*node26/);
});

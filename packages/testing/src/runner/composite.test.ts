import { expect, test } from 'vitest';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const files = {
  'actions/greet/action.yml': `
name: Greet
description: Greets
inputs:
  who: { description: Who, default: world }
outputs:
  greeting: { description: Greeting, value: '\${{ steps.say.outputs.text }}' }
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      env: { WHO: '\${{ inputs.who }}' }
      run: |
        echo "text=hello $WHO from $OUTER" >> "$GITHUB_OUTPUT"
        echo "LATER=kept" >> "$GITHUB_ENV"
        test -f "$GITHUB_ACTION_PATH/action.yml"
    - if: inputs.who == 'nobody'
      shell: bash
      run: exit 1
    - { if: failure(), shell: bash, run: echo inner failure }
    - uses: $/actions/count
`,
  'actions/count/action.yml':
    'name: Count\ndescription: Counts\nruns: { using: node24, main: main.mjs, post: post.mjs }\n',
  'actions/count/main.mjs': 'console.log("counted", process.env.LATER);',
  'actions/count/post.mjs': 'console.log("uncounted");',
};

const workflow = (who: string): string => `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
    outputs: { greeting: '\${{ steps.greet.outputs.greeting }}' }
    steps:
      - uses: $/actions/greet
        id: greet
        env: { OUTER: outside }
        with: { who: '${who}' }
      - { if: always(), run: 'echo "\${{ steps.say.outputs.text }}[$LATER]"' }
`;

test('a composite action is one step, with inputs, outputs and steps of its own', async () => {
  await using checkout = await temporaryRepository(files);

  await using run = await runWorkflow({ checkout: checkout.path, source: workflow('you') });

  expect(run.annotations()).toEqual([]);
  expect(run.job('job').outputs.greeting).toBe('hello you from outside');
  expect(run.job('job').steps.map(({ log }) => log)).toEqual([
    'counted kept\n',
    '[kept]\n',
    'uncounted\n',
  ]);
});

test('a failure inside fails the step, after what inside asks for failures', async () => {
  await using checkout = await temporaryRepository(files);

  await using run = await runWorkflow({ checkout: checkout.path, source: workflow('nobody') });
  const [greet] = run.job('job').steps;

  expect(greet?.conclusion).toBe('failure');
  expect(greet?.log).toContain('inner failure');
  expect(greet?.log).not.toContain('counted');
});

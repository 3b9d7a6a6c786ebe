import { expect, test } from 'vitest';
import { runWorkflow } from './run.ts';

const run = (jobs: string, options = {}) =>
  runWorkflow({
    checkout: import.meta.dirname,
    source: `on: workflow_dispatch\njobs:\n${jobs}`,
    ...options,
  });

test('a job sees the results and outputs of the jobs it needs', async () => {
  await using result = await run(`
  first:
    runs-on: ubuntu-latest
    outputs:
      word: \${{ steps.say.outputs.word }}
    steps:
      - id: say
        run: echo word=hello >> "$GITHUB_OUTPUT"
  second:
    needs: [first]
    runs-on: ubuntu-latest
    outputs:
      seen: \${{ needs.first.outputs.word }} \${{ needs.first.result }}
    steps:
      - run: test "\${{ needs.first.outputs.word }}" = hello
`);

  expect(result.job('second').outputs.seen).toBe('hello success');
});

test('after a failure only jobs that ask for it run', async () => {
  await using result = await run(`
  bad:
    runs-on: ubuntu-latest
    steps: [{ run: exit 3 }]
  next:
    needs: bad
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  report:
    needs: [bad, next]
    if: failure()
    runs-on: ubuntu-latest
    outputs:
      results: \${{ needs.bad.result }} \${{ needs.next.result }}
    steps: [{ run: 'true' }]
  always:
    needs: next
    if: \${{ !cancelled() }}
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`);

  expect(result.conclusion).toBe('failure');
  expect(result.job('next')).toMatchObject({ conclusion: 'skipped', steps: [] });
  expect(result.job('report').outputs.results).toBe('failure skipped');
  expect(result.job('always').conclusion).toBe('success');
  expect(result.annotations()).toEqual([
    { level: 'error', message: 'Process completed with exit code 3.' },
  ]);
});

test('a job behind a skipped one is skipped, even when the one between ran', async () => {
  await using result = await run(`
  off:
    if: \${{ false }}
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  between:
    needs: off
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  last:
    needs: between
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`);

  expect(result.jobs.map(({ conclusion }) => conclusion)).toEqual([
    'skipped',
    'success',
    'skipped',
  ]);
  expect(result.conclusion).toBe('success');
});

test('a job that takes too long is cancelled', async () => {
  await using result = await run(
    `
  slow:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    steps: [{ run: sleep 30 }]
`,
    { minute: 200 },
  );

  expect(result.job('slow').conclusion).toBe('cancelled');
  expect(result.annotations().at(-1)?.message).toContain('timeout-minutes');
});

test('a run that is cancelled stops what runs, and starts only what insists', async () => {
  const cancel = new AbortController();
  await using result = await run(
    `
  slow:
    runs-on: ubuntu-latest
    steps: [{ run: echo started; sleep 30 }]
  next:
    needs: slow
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  insists:
    needs: slow
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`,
    {
      signal: cancel.signal,
      onEvent: (event: { type: string }) => event.type === 'log' && cancel.abort(),
    },
  );

  expect(result.jobs.map(({ conclusion }) => conclusion)).toEqual([
    'cancelled',
    'cancelled',
    'success',
  ]);
});

import { expect, test } from 'vitest';
import { runWorkflow } from './run.ts';

const run = (jobs: string, options = {}) =>
  runWorkflow({
    checkout: import.meta.dirname,
    source: `on: workflow_dispatch\njobs:\n${jobs}`,
    ...options,
  });

const legs = `
  push:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        leg: [a, b, c, d]
    outputs:
      last: \${{ steps.leg.outputs.name }}
      one: \${{ steps.leg.outputs.one }}
    steps:
      - id: leg
        run: |
          echo name=\${{ matrix.leg }} >> "$GITHUB_OUTPUT"
          if [ \${{ matrix.leg }} = b ]; then echo one=b >> "$GITHUB_OUTPUT"; fi
  after:
    needs: push
    runs-on: ubuntu-latest
    outputs:
      last: \${{ needs.push.outputs.last }}
      one: \${{ needs.push.outputs.one }}
    steps: [{ run: 'true' }]
`;

test('of the outputs of legs the last to finish wins, an empty one never does', async () => {
  await using result = await run(legs, { seed: 3 });
  const order = result.jobs.filter(({ id }) => id === 'push').map(({ matrix }) => matrix?.leg);

  expect(result.job('after').outputs).toEqual({ last: order.at(-1), one: 'b' });
});

test('the seed draws who finishes last, the same seed the same one', async () => {
  const winners: (string | undefined)[] = [];
  for (const seed of [1, 2, 3, 4, 1, 2, 3, 4]) {
    await using result = await run(legs, { seed });
    winners.push(result.job('after').outputs.last);
  }

  expect(winners.slice(4)).toEqual(winners.slice(0, 4));
  expect(new Set(winners).size).toBeGreaterThan(1);
});

test('a leg that fails cancels those that run, which may clean up', async () => {
  await using result = await run(
    `
  push:
    runs-on: ubuntu-latest
    strategy:
      matrix: { leg: [bad, slow, slower] }
    steps:
      - run: 'if [ \${{ matrix.leg }} = bad ]; then sleep 0.3; exit 1; else sleep 30; fi'
      - { if: cancelled(), run: echo cleaned }
`,
    { parallel: 3 },
  );

  expect(result.job('push (bad)').conclusion).toBe('failure');
  expect(result.job('push (slow)').conclusion).toBe('cancelled');
  expect(result.job('push (slower)').steps).toMatchObject([
    { outcome: 'cancelled' },
    { outcome: 'success', log: 'cleaned\n' },
  ]);
});

test('a leg that fails keeps those that wait from starting', async () => {
  await using result = await run(
    `
  push:
    runs-on: ubuntu-latest
    strategy:
      max-parallel: 1
      matrix: { leg: [1, 2, 3] }
    steps: [{ run: exit 1 }]
`,
  );

  expect(result.jobs.map(({ conclusion }) => conclusion).toSorted()).toEqual([
    'cancelled',
    'cancelled',
    'failure',
  ]);
  expect(result.jobs.filter(({ steps }) => steps.length > 0)).toHaveLength(1);
});

test('without fail-fast every leg ends by itself', async () => {
  await using result = await run(`
  push:
    runs-on: ubuntu-latest
    strategy:
      fail-fast: false
      matrix:
        ok: [true, false]
    steps: [{ run: '\${{ matrix.ok }}' }]
  after:
    needs: push
    if: always()
    runs-on: ubuntu-latest
    outputs: { result: '\${{ needs.push.result }}' }
    steps: [{ run: 'true' }]
`);

  expect(result.job('push (true)').conclusion).toBe('success');
  expect(result.job('push (false)').conclusion).toBe('failure');
  expect(result.job('after').outputs.result).toBe('failure');
});

test('a leg that may fail fails alone', async () => {
  await using result = await run(`
  push:
    runs-on: ubuntu-latest
    continue-on-error: \${{ matrix.experimental }}
    strategy:
      matrix:
        include: [{ experimental: true }, { experimental: false }]
    steps: [{ run: 'if \${{ matrix.experimental }}; then exit 1; fi' }]
  after:
    needs: push
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
`);

  expect(result.job('push (true)').conclusion).toBe('failure');
  expect(result.job('after').conclusion).toBe('success');
  expect(result.conclusion).toBe('success');
});

test('a matrix that makes no job fails the job, and says so', async () => {
  await using result = await run(`
  push:
    runs-on: ubuntu-latest
    strategy: { matrix: { leg: '\${{ fromJSON(''[]'') }}' } }
    steps: [{ run: 'true' }]
`);

  expect(result.job('push').conclusion).toBe('failure');
  expect(result.annotations()[0]?.message).toMatch(/axis "leg" .* no values/);
});

test('twenty-eight legs of three steps take a few seconds', async () => {
  await using result = await run(`
  push:
    runs-on: ubuntu-latest
    strategy: { matrix: { flavour: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14], arch: [x, y] } }
    steps: [{ run: 'true' }, { run: 'true' }, { run: 'true' }]
`);

  expect(result.jobs).toHaveLength(28);
  expect(new Set(result.jobs.map(({ checkRunId }) => checkRunId)).size).toBe(28);
}, 20_000);

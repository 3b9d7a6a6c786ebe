import { expect, test } from 'vitest';
import { parseWorkflow } from './parse.ts';
import { evaluateTemplate, evaluateText, evaluateTexts } from './template.ts';

const scope = {
  contexts: { matrix: { n: 1.5, on: true, more: { C: 'c' } }, github: { ref: 'r' } },
};

/** The `env` of a job, and its matrix, as the parser reads them. */
async function tokens(env: string, strategy = '{ matrix: { a: [1] } }') {
  const { jobs } = await parseWorkflow(
    'w.yml',
    `on: push\njobs:\n  a:\n    runs-on: x\n    env: ${env}\n    strategy: ${strategy}\n    steps: [{ run: ls }]\n`,
  );
  const [job] = jobs;
  return job?.kind === 'steps' ? job : undefined;
}

test('texts are coerced as expressions coerce them', async () => {
  const job = await tokens(
    `{ A: 1, B: true, C: "\${{ matrix.n }}", D: "\${{ matrix.on }}-\${{ matrix.none }}", E: null }`,
  );

  expect(evaluateTexts(job?.env, scope)).toEqual({
    A: '1',
    B: 'true',
    C: '1.5',
    D: 'true-',
    E: '',
  });
});

test('a mapping that inserts another is spread', async () => {
  const inserted = await tokens(`{ A: a, "\${{ insert }}": "\${{ matrix.more }}" }`);

  expect(evaluateTexts(inserted?.env, scope)).toEqual({ A: 'a', C: 'c' });
});

test('a structure keeps its types', async () => {
  const job = await tokens(
    '{}',
    `{ matrix: { a: [1, "x", true, "\${{ github.ref }}", { b: null }] } }`,
  );

  expect(evaluateTemplate(job?.strategy ?? null, scope)).toEqual({
    matrix: { a: [1, 'x', true, 'r', { b: null }] },
  });
});

test('what is no token is taken as it is', () => {
  expect(evaluateText('a {{ b }}', scope)).toBe('a {{ b }}');
  expect(evaluateTexts({ a: 1, b: null }, scope)).toEqual({ a: '1', b: '' });
});

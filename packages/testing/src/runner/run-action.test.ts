import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startResultsService } from '../results/service.ts';
import { actionEnvironment } from './action-environment.ts';
import { temporaryRepository } from './repository.ts';
import { runAction } from './run-action.ts';

const files = {
  'actions/say/action.yml': `
name: Say
description: Says what it knows
inputs:
  word: { description: Word, default: '\${{ strategy.job-index }}/\${{ strategy.job-total }} \${{ matrix.arch }}' }
runs: { using: node24, main: main.mjs, post: post.mjs }
`,
  'actions/say/main.mjs': `
import { appendFileSync, writeFileSync } from 'node:fs';
const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, INPUT_WORD, GITHUB_RUN_ATTEMPT } = process.env;
appendFileSync(GITHUB_OUTPUT, 'word=' + INPUT_WORD + '\\nattempt=' + GITHUB_RUN_ATTEMPT + '\\n');
appendFileSync(GITHUB_STEP_SUMMARY, '# Said\\n');
writeFileSync('left.txt', 'x');
console.log('::warning title=Careful::look');
process.exitCode = INPUT_WORD === 'bad' ? 4 : 0;
`,
  'actions/say/post.mjs': 'console.log("posted", process.env.EXTRA);',
};

test('an action runs alone as it would in a job', async () => {
  await using checkout = await temporaryRepository(files);
  const workspace = await mkdtemp(join(checkout.path, 'workspace-'));

  const result = await runAction({
    checkout: checkout.path,
    action: 'actions/say',
    matrix: { arch: 'arm64' },
    strategy: { 'job-index': 2, 'job-total': 5 },
    attempt: 3,
    env: { EXTRA: 'extra' },
    workspace,
  });

  expect(result).toMatchObject({
    exitCode: 0,
    conclusion: 'success',
    outputs: { word: '2/5 arm64', attempt: '3' },
    summary: '# Said\n',
    annotations: [{ level: 'warning', title: 'Careful', message: 'look' }],
    log: '##[warning]look\nposted extra\n',
  });
  expect(await readdir(workspace)).toEqual(['left.txt']);
});

test('an action that fails says with which code', async () => {
  await using checkout = await temporaryRepository(files);

  const result = await runAction({
    checkout: checkout.path,
    action: 'actions/say',
    with: { word: 'bad' },
  });

  expect(result).toMatchObject({ exitCode: 4, conclusion: 'failure' });
});

test('actions that share a service are jobs of one run', async () => {
  await using checkout = await temporaryRepository({
    'action.yml': 'name: C\ndescription: C\nruns: { using: node24, main: main.mjs }\n',
    'main.mjs': `
import artifact from '${import.meta.resolve('@actions/artifact')}';
import { writeFileSync } from 'node:fs';
writeFileSync('f', 'x');
await artifact.uploadArtifact('a-' + process.env.GITHUB_JOB, ['f'], '.');
`,
  });
  await using service = await startResultsService();
  const options = { checkout: checkout.path, action: '.', service };

  await Promise.all(['one', 'two'].map((job) => runAction({ ...options, job })));

  const names = service.artifacts().map(({ name }) => name);
  expect(names.toSorted()).toEqual(['a-one', 'a-two']);
  expect(new Set(service.artifacts().map(({ run }) => run)).size).toBe(1);
});

test('a process started by hand finds the surroundings of an action', async () => {
  await using surroundings = await actionEnvironment({ with: { 'my word': 'x' } });
  const script = `require('fs').appendFileSync(process.env.GITHUB_OUTPUT, 'a=' + process.env['INPUT_MY_WORD'])`;

  await promisify(execFile)(process.execPath, ['-e', script], { env: surroundings.variables });

  expect((await surroundings.words()).outputs.get('a')).toBe('x');
  expect(surroundings.variables.ACTIONS_RESULTS_URL).toMatch(/^http:\/\/127\.0\.0\.1:/);
});

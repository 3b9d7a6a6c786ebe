import { expect, test } from 'vitest';
import { claimsOf, isOwnIdToken } from './id-token.ts';
import { startIdTokenService } from './id-token-service.ts';
import type { RunOptions } from './options.ts';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';
import { runAction } from './run-action.ts';

// Prints the claims, since the token itself would be masked.
const ask = `
const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = process.env;
if (url === undefined) console.log('none');
else {
  const headers = { authorization: 'Bearer ' + token };
  const answer = await fetch(url + '&audience=sigstore', { headers });
  const { value = '' } = await answer.json();
  console.log(answer.status, Buffer.from(value.split('.')[1] ?? '', 'base64url').toString());
}`;
const files = {
  'ask.mjs': ask,
  'actions/ask/action.yml': 'name: A\ndescription: A\nruns: { using: node24, main: main.mjs }\n',
  'actions/ask/main.mjs': ask,
};

/** Runs a workflow in a repository with what asks for a token; it is gone when the run is. */
async function runAsking(source: string, options: Partial<RunOptions> = {}) {
  const workflow = { '.github/workflows/test.yml': source };
  const checkout = await temporaryRepository({ ...files, ...workflow });
  const run = await runWorkflow({ checkout: checkout.path, runId: 77, ...options });
  return {
    log: (job: string, step = 1) => run.job(job).steps[step]?.log ?? '',
    async [Symbol.asyncDispose]() {
      await run[Symbol.asyncDispose]();
      await checkout[Symbol.asyncDispose]();
    },
  };
}

const job = (
  permissions: string,
  steps = '[{ uses: actions/checkout@v5 }, { run: node ask.mjs }]',
) => `{ runs-on: ubuntu-latest, ${permissions}steps: ${steps} }`;
const write = 'permissions: { id-token: write }, ';

test('a job with id-token: write gets tokens that say who it is, in run: steps and actions', async () => {
  const steps = '[{ uses: actions/checkout@v5 }, { run: node ask.mjs }, { uses: $/actions/ask }]';

  await using run = await runAsking(`on: push\njobs:\n  build: ${job(write, steps)}\n`);
  const [script, action] = [run.log('build'), run.log('build', 2)];

  const claims = JSON.parse(script.replace(/^200 /, ''));
  expect(claims).toMatchObject({
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sigstore',
    sub: 'repo:acme/app:ref:refs/heads/main',
    repository: 'acme/app',
    job_workflow_ref: 'acme/app/.github/workflows/test.yml@refs/heads/main',
    run_id: '77',
    run_attempt: '1',
    runner_environment: 'github-hosted',
  });
  expect(claims.exp - claims.iat).toBe(300);
  expect(JSON.parse(action.replace(/^200 /, ''))).toMatchObject({ aud: 'sigstore' });
});

test.each([
  ['the workflow lets it', 'permissions: { id-token: write }', '', '200'],
  ['the workflow lets all', 'permissions: write-all', '', '200'],
  ['nobody says so', '', '', 'none'],
  ['it may only read', '', 'permissions: { id-token: none, contents: read }, ', 'none'],
  [
    'its own permissions lack it',
    'permissions: write-all',
    'permissions: { contents: read }, ',
    'none',
  ],
])('a job may ask for tokens or not: %s', async (_, ofWorkflow, ofJob, answer) => {
  await using run = await runAsking(`on: push\n${ofWorkflow}\njobs:\n  build: ${job(ofJob)}\n`);

  expect(run.log('build').trim().split(' ')[0]).toBe(answer);
});

test('a pull request from a fork gets no tokens', async () => {
  const pull = (from: string) => ({
    name: 'pull_request',
    payload: { pull_request: { head: { repo: { full_name: from } } } },
  });
  const source = `on: pull_request\njobs:\n  build: ${job(write)}\n`;

  await using own = await runAsking(source, { event: pull('acme/app') });
  await using fork = await runAsking(source, { event: pull('mallory/app') });

  expect(own.log('build')).toMatch(/^200 /);
  expect(own.log('build')).toContain('"sub":"repo:acme/app:pull_request"');
  expect(fork.log('build')).toBe('none\n');
});

test('a called workflow may ask where its caller may, by the name of its own file, and nowhere else', async () => {
  await using checkout = await temporaryRepository({
    ...files,
    '.github/workflows/called.yml': `on: workflow_call\njobs:\n  build: ${job('')}\n`,
    '.github/workflows/greedy.yml': `on: workflow_call\njobs:\n  build: ${job(write)}\n`,
    '.github/workflows/test.yml': `on: push
jobs:
  lets: { uses: ./.github/workflows/called.yml, permissions: { id-token: write } }
  forbids: { uses: ./.github/workflows/greedy.yml, permissions: { contents: read } }
`,
  });

  await using run = await runWorkflow({ checkout: checkout.path });

  expect(run.job('lets / build').steps[1]?.log).toContain(
    '"job_workflow_ref":"acme/app/.github/workflows/called.yml@refs/heads/main"',
  );
  expect(run.job('forbids').conclusion).toBe('failure');
  expect(run.job('forbids').annotations[0]?.message).toMatch(/build asks for id-token: write/);
});

test('an action on its own may ask where the test lets it', async () => {
  await using checkout = await temporaryRepository(files);
  await using idTokens = await startIdTokenService();
  const run = (idToken: boolean) =>
    runAction({ checkout: checkout.path, action: 'actions/ask', idToken, idTokens });

  const [may, mayNot] = [await run(true), await run(false)];

  expect(may.log).toMatch(/^200 .*"job_workflow_ref":"acme\/app\//);
  expect(mayNot.log).toBe('none\n');
  expect(idTokens.requests()).toEqual(['sigstore']);
});

test('what asks for tokens is masked', async () => {
  const steps = '[{ run: echo "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" }]';

  await using run = await runAsking(`on: push\njobs:\n  build: ${job(write, steps)}\n`);

  expect(run.log('build', 0)).toBe('***\n');
});

test('a token is for the audience asked for, and a request may be refused', async () => {
  await using service = await startIdTokenService();
  const { url, token } = service.admit({ repository_owner: 'acme' });
  const get = (address: string, bearer: string) =>
    fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
  const tokenAt = async (address: string): Promise<string> =>
    JSON.parse(await (await get(address, token)).text()).value;

  const own = await tokenAt(url);
  const stranger = await get(url, 'another');
  service.claim({ iss: 'https://issuer.example' });
  const foreign = await tokenAt(`${url}&audience=sigstore`);
  service.fail({ status: 503, times: 1 });
  const refused = await get(url, token);

  expect(isOwnIdToken(own)).toBe(true);
  expect(isOwnIdToken(`${own.slice(0, -6)}AAAAAA`)).toBe(false);
  expect(claimsOf(own)).toMatchObject({ aud: 'https://github.com/acme' });
  expect(claimsOf(foreign)).toMatchObject({ aud: 'sigstore', iss: 'https://issuer.example' });
  expect([stranger.status, refused.status, (await get(url, token)).status]).toEqual([
    401, 503, 200,
  ]);
  expect(service.requests()).toHaveLength(5);
});

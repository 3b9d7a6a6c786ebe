import { type ResultsService, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Outcome, runTestAction } from './test-action.ts';

const jobOf = (service: ResultsService): Record<string, string> => ({
  ACTIONS_RESULTS_URL: service.url,
  ACTIONS_RUNTIME_TOKEN: service.issue({ run: '1' }).token,
  GITHUB_SERVER_URL: 'https://github.com',
});

const collect = (
  options: { readonly group?: string; readonly hasOthers: boolean; readonly runId?: number },
  env: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  runTestAction({
    outputs: `texts: ''`,
    run: `
      const found = await github.collectRecords({ ...${JSON.stringify(options)}, token: process.env.TOKEN, isComplete: (all) => all.length >= Number(process.env.LEGS ?? 0) }, context);
      return { outputs: { texts: found.map(({ text }) => text) } };`,
    env,
  });

const store = (service: ResultsService, group: string): Promise<Outcome> =>
  runTestAction({
    run: `
      await github.uploadRecord({ group: '${group}', leg: 'a', attempt: 1, json: '"${group}"' });
      return { outputs: {} };`,
    env: jobOf(service),
  });

test('the records of a group are found among the artifacts', async () => {
  await using service = await startResultsService();
  await store(service, 'mine');
  await store(service, 'theirs');

  const outcome = await collect({ group: 'mine', hasOthers: false }, jobOf(service));

  expect(JSON.parse(outcome.outputs.texts ?? '')).toContain('"mine"');
});

test('without the service there is an error, or a warning where other records are at hand', async () => {
  const alone = await collect({ hasOthers: false }, {});
  const helped = await collect({ hasOthers: true }, {});

  expect(alone.errors).toEqual([expect.stringMatching(/^\[ARTIFACT_SERVICE\] /)]);
  expect(helped.outputs).toEqual({ texts: '[]' });
  expect(helped.warnings).toEqual([
    expect.stringMatching(
      /^only the records in "needs" are read: the artifact service is out of reach/,
    ),
  ]);
});

test('a listing that is late is asked for again while records are missing, and no longer', async () => {
  await using service = await startResultsService();
  await store(service, 'mine');
  await store(service, 'mine-too');
  service.stale({ times: 1, behind: 1 });
  const enough = await collect({ hasOthers: false }, { ...jobOf(service), LEGS: '2' });
  const lists = service.requests('ListArtifacts').length;
  const missing = await collect({ hasOthers: false }, { ...jobOf(service), LEGS: '3' });

  expect(JSON.parse(enough.outputs.texts ?? '')).toEqual(['"mine"', '"mine-too"']);
  // Each download lists once more.
  expect(lists).toBe(2 + 2);
  expect(JSON.parse(missing.outputs.texts ?? '')).toHaveLength(2);
  expect(service.requests('ListArtifacts')).toHaveLength(lists + 2 + 2);
});

test('the records of another run need a token', async () => {
  await using service = await startResultsService();

  const outcome = await collect({ hasOthers: true, runId: 9 }, jobOf(service));

  expect(outcome.errors).toEqual([
    expect.stringMatching(/^\[INPUT_INVALID\] input "token": is empty.*\n.*"actions: read"/),
  ]);
});

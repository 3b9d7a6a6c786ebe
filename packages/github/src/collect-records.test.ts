import { type ResultsService, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Outcome, runTestAction } from './test-action.ts';

const jobOf = (service: ResultsService): Record<string, string> => ({
  ACTIONS_RESULTS_URL: service.url,
  ACTIONS_RUNTIME_TOKEN: service.issue({ run: '1' }).token,
  GITHUB_SERVER_URL: 'https://github.com',
});

const collect = (
  options: { readonly group?: string; readonly hasOthers: boolean },
  env: Readonly<Record<string, string>>,
): Promise<Outcome> =>
  runTestAction({
    outputs: `texts: ''`,
    run: `
      const found = await github.collectRecords(${JSON.stringify(options)}, context);
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

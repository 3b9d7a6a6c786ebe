import { type ResultsService, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Outcome, runTestAction } from '../test-action.ts';
import { artifactName } from './artifact-name.ts';

interface Leg {
  readonly group?: string;
  readonly leg: string;
  readonly attempt?: number;
  readonly json: string;
}

const jobOf = (service: ResultsService, attempt = 1): Record<string, string> => ({
  ACTIONS_RESULTS_URL: service.url,
  ACTIONS_RUNTIME_TOKEN: service.issue({ run: '1', attempt }).token,
  GITHUB_SERVER_URL: 'https://github.com',
});

const upload = (
  service: ResultsService,
  { group = 'app', leg, attempt = 1, json }: Leg,
): Promise<Outcome> =>
  runTestAction({
    outputs: `artifact: ''`,
    run: `
      const options = JSON.parse(process.env.LEG);
      const { artifact } = await github.uploadRecord({ ...options, signal: context.signal });
      return { outputs: { artifact } };`,
    env: {
      ...jobOf(service, attempt),
      LEG: JSON.stringify({ group, leg, attempt, json }),
    },
  });

const download = (env: Readonly<Record<string, string>>, group?: string): Promise<Outcome> =>
  runTestAction({
    outputs: `records: ''`,
    run: `return { outputs: { records: await github.downloadRecords(${JSON.stringify({ group })}) } };`,
    env,
  });

const textsOf = ({ outputs }: Outcome): string[] =>
  JSON.parse(outputs.records ?? '[]').map(({ text }: { readonly text: string }) => text);

test('what the legs of all attempts stored arrives as it was', async () => {
  await using service = await startResultsService();
  await upload(service, { leg: 'b', json: '{"ü":1}' });
  await upload(service, { leg: 'a', json: '{}' });
  await upload(service, { leg: 'a', attempt: 2, json: '{"attempt":2}' });

  const outcome = await download(jobOf(service, 2));

  expect(outcome).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  expect(textsOf(outcome)).toEqual(['{}', '{"attempt":2}', '{"ü":1}']);
});

test('F1: a step that is repeated in one attempt stores a second record', async () => {
  await using service = await startResultsService();
  const name = artifactName({ group: 'app', leg: 'a', attempt: 1 });

  const first = await upload(service, { leg: 'a', json: '1' });
  const second = await upload(service, { leg: 'a', json: '2' });

  expect([first.outputs.artifact, second.outputs.artifact]).toEqual([name, `${name}-2`]);
  expect(textsOf(await download(jobOf(service)))).toEqual(['1', '2']);
});

test('F5: an upload that breaks off is repeated under another name', async () => {
  await using service = await startResultsService();
  service.fail('upload', { status: 403, times: 1 });

  const outcome = await upload(service, { leg: 'a', json: '1' });

  expect(outcome.outputs.artifact).toMatch(/-2$/);
  expect(textsOf(await download(jobOf(service)))).toEqual(['1']);
});

test('records of other groups are left out, unless there are no others', async () => {
  await using service = await startResultsService();
  await upload(service, { group: 'web', leg: 'a', json: '"web"' });
  await upload(service, { group: 'api', leg: 'a', json: '"api"' });

  expect(textsOf(await download(jobOf(service), 'api'))).toEqual(['"api"']);
  expect(textsOf(await download(jobOf(service), 'apj'))).toEqual(['"api"', '"web"']);
});

test('the log of a transfer is one fold, and no deprecation of a library shows', async () => {
  await using service = await startResultsService();

  const stored = await upload(service, { leg: 'a', json: '1' });
  const fetched = await download(jobOf(service));

  const shown = stored.log.replace(/^::debug::.*\n/gm, '');
  expect(shown).toMatch(/^::group::Store the record of this leg\n[^:][\s\S]*\n::endgroup::\n$/);
  expect(fetched.log).toContain('::group::Fetch the records of the legs\n');
  expect(stored.stderr + fetched.stderr).toBe('');
});

test('a record that is not what was stored is refused by the name of its artifact', async () => {
  await using service = await startResultsService();
  await upload(service, { leg: 'a', json: '1' });
  service.fail('download', { content: 'corrupt' });

  const outcome = await download(jobOf(service));

  expect(outcome.errors).toEqual([
    expect.stringMatching(
      /^\[ARTIFACT_SERVICE\] artifact "oci-matrix-app-a-\w+-a1" does not have the digest sha256:/,
    ),
  ]);
});

test('a service that refuses is quoted', async () => {
  await using service = await startResultsService();
  service.fail('ListArtifacts', { status: 400, message: 'no listing today' });

  const outcome = await download(jobOf(service));

  expect(outcome.errors).toEqual([
    expect.stringMatching(
      /^\[ARTIFACT_SERVICE\] the artifacts of the run could not be listed:.*no listing today\n/,
    ),
  ]);
});

test('without the variables that only actions get, the error says so', async () => {
  const outcome = await download({});

  expect(outcome.errors).toEqual([
    expect.stringMatching(
      /^\[ARTIFACT_SERVICE\] the artifact service is out of reach: ACTIONS_RUNTIME_TOKEN, ACTIONS_RESULTS_URL not set\nRun it by "uses:"/,
    ),
  ]);
});

test('F9: on GitHub Enterprise Server the error leads to needs', async () => {
  await using service = await startResultsService();

  const outcome = await download({ ...jobOf(service), GITHUB_SERVER_URL: 'https://ghes.example' });

  expect(outcome.errors).toEqual([
    expect.stringMatching(/^\[ARTIFACT_SERVICE\] .*Enterprise Server.*\nSet "record" to "output"/),
  ]);
});

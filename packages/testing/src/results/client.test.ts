import { expect, test } from 'vitest';
import { temporaryRepository } from '../runner/repository.ts';
import { runAction } from '../runner/run-action.ts';
import { startResultsService } from './service.ts';

/** An action that does something with GitHub's own artifact client. */
const actionWith = (script: string) =>
  temporaryRepository({
    'action.yml': 'name: A\ndescription: A\nruns: { using: node24, main: main.mjs }\n',
    'main.mjs': `
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DefaultArtifactClient } from '${import.meta.resolve('@actions/artifact')}';
const client = new DefaultArtifactClient();
const report = (value) => appendFileSync(process.env.GITHUB_OUTPUT, 'report=' + JSON.stringify(value) + '\\n');
${script}
`,
  });

const roundTrip = `
writeFileSync('large', randomBytes(20 * 1024 * 1024));
writeFileSync('small', 'small');
const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
const { id, size, digest } = await client.uploadArtifact('both', ['large', 'small'], '.');
const { artifact } = await client.getArtifact('both');
const { downloadPath, digestMismatch } = await client.downloadArtifact(id, {
  path: 'down',
  expectedHash: artifact.digest,
});
report({
  same: hash('large') === hash('down/large') && readFileSync('down/small', 'utf8') === 'small',
  listed: artifact.id === id && artifact.size === size && artifact.digest === 'sha256:' + digest,
  digestMismatch: digestMismatch ?? false,
});
`;

test('the client of GitHub uploads many blocks, finds the artifact, and downloads it whole', async () => {
  await using checkout = await actionWith(roundTrip);
  await using service = await startResultsService();

  const { log, outputs } = await runAction({ checkout: checkout.path, action: '.', service });

  expect(JSON.parse(outputs.report ?? log)).toEqual({
    same: true,
    listed: true,
    digestMismatch: false,
  });
  expect(service.requests('upload').length).toBeGreaterThan(3);
});

test('the client notices a download that was damaged', async () => {
  await using checkout = await actionWith(`
writeFileSync('small', 'small');
const { id, digest } = await client.uploadArtifact('a', ['small'], '.');
const { digestMismatch } = await client.downloadArtifact(id, { path: 'down', expectedHash: 'sha256:' + digest });
report(digestMismatch);
`);
  await using service = await startResultsService();
  service.fail('download', { content: 'corrupt' });

  const { log, outputs } = await runAction({ checkout: checkout.path, action: '.', service });

  expect(outputs.report ?? log).toBe('true');
});

test('a single file travels raw, under its own name, and one without content too', async () => {
  await using checkout = await actionWith(`
writeFileSync('record.json', '{}');
writeFileSync('empty', '');
const { id } = await client.uploadArtifact('ignored', ['record.json'], '.', { skipArchive: true });
await client.downloadArtifact(id, { path: 'down' });
await client.uploadArtifact('ignored', ['empty'], '.', { skipArchive: true });
const { artifacts } = await client.listArtifacts();
report([readFileSync('down/record.json', 'utf8'), artifacts.map(({ name, size }) => [name, size])]);
`);

  const { log, outputs } = await runAction({ checkout: checkout.path, action: '.' });

  expect(JSON.parse(outputs.report ?? log)).toEqual([
    '{}',
    [
      ['record.json', 2],
      ['empty', 0],
    ],
  ]);
});

test('the client repeats a call that failed on the side of the server, and no other', async () => {
  await using checkout = await actionWith(`
writeFileSync('a', 'a');
const first = await client.listArtifacts().catch((error) => error.message);
await client.uploadArtifact('a', ['a'], '.');
report(first);
`);
  await using service = await startResultsService();
  service.fail('ListArtifacts', { status: 403, message: 'not for you', times: 1 });
  service.fail('CreateArtifact', { status: 500, times: 1 });

  const { log, outputs } = await runAction({ checkout: checkout.path, action: '.', service });

  expect(outputs.report ?? log).toMatch(/non-retryable .*\(403\).*not for you/);
  expect(service.requests('CreateArtifact').map(({ status }) => status)).toEqual([500, 200]);
  expect(service.artifacts()).toHaveLength(1);
});

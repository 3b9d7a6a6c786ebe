import { type ResultsService, startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { imageOf, linux, seed } from '../actions/content.ts';
import { recordOf } from '../actions/records.ts';
import { entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';
import { storeRecord } from './kit/stored.ts';

const runId = 77;
const evil = imageOf(linux('amd64'), 3);

/** Another record beside those of the legs, by somebody who can run code in a leg. */
const forge = (service: ResultsService, changes: Readonly<Record<string, unknown>>) =>
  storeRecord(service, {
    run: runId,
    name: 'oci-matrix-acme-app-zz-0123456789-a1',
    record: { ...recordOf({ group: repository, job: 'build', leg: 'zz' }), ...changes },
  });

const errorOf = async (
  changes: Readonly<Record<string, unknown>>,
  publish: readonly string[] = [],
): Promise<string> => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  seed(registry, 'evil/app', evil);
  await forge(service, changes);
  const source = release({ matrix: '{ app: [a], arch: [amd64, arm64] }', publish });

  await using run = await runOn(registry, source, { service, runId });

  expect(registry.tags(repository)).toEqual([]);
  const [error, ...others] = run.job('publish').annotations;
  expect(others).toEqual([]);
  return `${error?.title}: ${error?.message}`;
};

test('F30: a record that names an image of its own is refused by the name of both', async () => {
  const forged = { image: 'ghcr.io/evil/app', descriptor: evil.descriptor, total: 2, index: 0 };

  expect(await errorOf({ ...forged, leg: 'a-amd64', run: { ...run, job: 'fork' } })).toMatch(
    /^IMAGE_NOT_ALLOWED: the record of leg a-amd64 \(job fork, attempt 1 of run 1\) names the image ghcr\.io\/evil\/app, and only 127\.0\.0\.1:\d+\/acme\/app may be named\n.*"allow-images"/,
  );
});

test('F30: a record that names no image cannot bring in what is not in the image', async () => {
  const forged = { descriptor: evil.descriptor, run: { ...run, job: 'fork' } };

  expect(await errorOf(forged)).toMatch(/^CHILD_MISSING: /);
});

test('F30: a record that claims to be a later attempt of a leg is refused by its image, too', async () => {
  const forged = { image: 'ghcr.io/evil/app', run: { ...run, attempt: 99, job: 'fork' } };

  expect(await errorOf(forged)).toMatch(/^IMAGE_NOT_ALLOWED: .*attempt 99/);
});

const run = { id: '1', number: 1, attempt: 1, job: 'build' };

test.each([
  ['of a newer schema', { schema: 'oci-matrix/leg-record/v2' }, 'schema'],
  [
    'with a digest that is none',
    { descriptor: { ...evil.descriptor, digest: 'sha256:x' } },
    'descriptor.digest',
  ],
  ['that is nested without end', { matrix: nested(40) }, 'matrix'],
  ['without its group', { group: undefined }, 'group'],
])('a record %s is an error with the name of its artifact', async (_, changes, where) => {
  const error = await errorOf(changes);

  expect(error).toMatch(
    /^RECORD_INVALID: the record of artifact oci-matrix-acme-app-zz-0123456789-a1 /,
  );
  expect(error).toContain(where);
});

function nested(depth: number): unknown {
  return depth === 0 ? {} : { a: nested(depth - 1) };
}

test('an image that is allowed may be named', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  const other = `${registry.host}/acme/staging`;
  const matrix = '{ app: [a], arch: [amd64] }';
  const publish = async (inputs: readonly string[], id: number) => {
    const record = { ...recordOf({ group: repository, job: 'other' }), image: other };
    await storeRecord(service, { run: id, name: 'oci-matrix-acme-app-zz-0-a1', record });
    await using run = await runOn(registry, release({ matrix, publish: inputs }), {
      ...{ service, runId: id },
    });
    return run.job('publish');
  };

  const refused = await publish([], 1);
  const allowed = await publish([`allow-images: ${other}`], 2);

  expect(refused.annotations).toMatchObject([{ title: 'IMAGE_NOT_ALLOWED' }]);
  expect(allowed.conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64']);
});

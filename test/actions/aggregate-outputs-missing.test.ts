import { backendIdOf, startRegistry, startResultsService, zipOf } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { type Content, imageOf, linux, seed } from './content.ts';
import { faultsBy } from './pushed.ts';
import { type Leg, needsOf, recordOf } from './records.ts';
import { failureOf, refusalOf } from './refusal.ts';
import { digestsAt, digestsOf, update } from './update.ts';

const arm = (build: number): Content => imageOf(linux('arm64'), build);
const { descriptor } = imageOf(linux('amd64'));

test('a document that keeps the entries of missing legs follows its schema, and update-index reads it', async () => {
  await using registry = await startRegistry();
  const [amd64, old, newer] = [imageOf(linux('amd64')), arm(1), arm(2)];
  for (const content of [amd64, old, newer]) seed(registry, 'acme/app', content);
  const both = (content: Content): Leg[] => [
    { leg: 'amd64', descriptor: amd64.descriptor },
    { leg: 'arm64', descriptor: content.descriptor },
  ];
  const inputs = { 'on-missing': 'keep-previous', expect: 'amd64\narm64' };
  const [one] = both(newer);
  const release = async (legs: readonly Leg[]) => {
    const found = await act('aggregate-outputs', { with: { ...inputs, needs: needsOf(legs) } });
    const { records = '' } = found.outputs;
    expect(faultsBy('records-v1.json', records)).toEqual([]);
    return { found, updated: await update(registry, { records, expect: inputs.expect }) };
  };

  const first = await release(both(old));
  const second = await release(one === undefined ? [] : [one]);

  expect([first.updated.exitCode, second.updated.exitCode]).toEqual([0, 0]);
  expect(second.found.outputs).toMatchObject({ complete: 'false', missing: '["arm64"]' });
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, old));
  expect(second.updated.outputs).toMatchObject({ kept: '2', changed: 'false' });
});

test('where a leg had no entry before, update-index names it and writes nothing', async () => {
  await using registry = await startRegistry();
  seed(registry, 'acme/app', imageOf(linux('amd64')));
  const inputs = { 'on-missing': 'keep-previous', expect: 'amd64\narm64' };
  const needs = needsOf([{ leg: 'amd64', descriptor }]);
  const { outputs } = await act('aggregate-outputs', { with: { ...inputs, needs } });

  const result = await update(registry, { records: outputs.records ?? '' });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'LEG_MISSING',
    what: expect.stringMatching(/^leg arm64 of group app is missing, and the index has no entry/),
  });
});

test('F30: records that name other images than those allowed are refused', async () => {
  await using service = await startResultsService();
  await service.seed({
    run: backendIdOf('acme/app', 4_200_000_001),
    name: 'oci-matrix-app-a-0-a1',
    content: zipOf({
      'record.json': JSON.stringify({ ...recordOf({ descriptor }), image: 'ghcr.io/evil/app' }),
    }),
  });
  const allow = 'ghcr.io/acme/app\nghcr.io/evil/app';

  const any = await act('aggregate-outputs', { service });
  const listed = await act('aggregate-outputs', { service, with: { 'allow-images': allow } });
  const other = await act('aggregate-outputs', {
    service,
    with: { 'allow-images': 'ghcr.io/acme/app' },
  });

  expect([any.exitCode, listed.exitCode]).toEqual([0, 0]);
  expect(failureOf(other)).toMatchObject({
    code: 'IMAGE_NOT_ALLOWED',
    what: expect.stringContaining('ghcr.io/evil/app, and only ghcr.io/acme/app may be named'),
  });
});

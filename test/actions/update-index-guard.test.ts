import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import type { ActOptions } from './act.ts';
import { imageOf, indexOf, linux, seed } from './content.ts';
import { refusalOf } from './refusal.ts';
import { digestsAt, digestsOf, indexAt, legsOf, repository, update } from './update.ts';

const [amd64, newer] = [imageOf(linux('amd64')), imageOf(linux('amd64'), 2)];

const release = (
  registry: Registry,
  content: typeof amd64,
  options: Pick<ActOptions, 'runNumber' | 'env'>,
  given: Readonly<Record<string, string>> = {},
) =>
  update(
    registry,
    { records: legsOf(registry, [content]), guard: 'run-number', ...given },
    options,
  );

test('F28: a tag does not go back to an older run that finished last', async () => {
  await using registry = await startRegistry();
  await release(registry, newer, { runNumber: 42 });
  registry.clearRequests();

  const result = await release(registry, amd64, { runNumber: 41 });

  expect(refusalOf(result, registry)).toEqual({
    code: 'RUN_OUTDATED',
    what: expect.stringMatching(/app:1\.0 was published by run 42 of .*, and run 41 is older$/),
    hint: expect.stringMatching(/^Leave the tag where it is/),
  });
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(newer));
});

test('F28: any of the tags that would go back stops all of them', async () => {
  await using registry = await startRegistry();
  await release(registry, newer, { runNumber: 42 }, { tags: '1.1\nlatest' });
  registry.clearRequests();

  const result = await release(registry, amd64, { runNumber: 41 }, { tags: '1.0\nlatest' });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'RUN_OUTDATED',
    what: expect.stringContaining('app:latest was published by run 42'),
  });
  expect(registry.tags(repository)).not.toContain('1.0');
});

test.each([
  ['a later run', { runNumber: 43 }],
  ['another attempt of the same run', { runNumber: 42, attempt: 2 }],
])('%s moves the tag', async (_, options) => {
  await using registry = await startRegistry();
  await release(registry, amd64, { runNumber: 42 });

  const { exitCode } = await release(registry, newer, options);

  expect(exitCode).toBe(0);
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(newer));
});

test('the numbers of another workflow, and an index without a number, stop nobody', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([newer]), '1.0');
  await release(registry, amd64, { runNumber: 7 });
  const annotations = { ...indexAt(registry, '1.0').annotations };
  annotations['io.github.oci-matrix.workflow'] = 'acme/app: Nightly';
  annotations['io.github.oci-matrix.run-number'] = '900';
  seed(registry, repository, indexOf([amd64], { annotations }), '1.0');

  const { exitCode } = await release(registry, newer, { runNumber: 8 });

  expect(exitCode).toBe(0);
  expect(indexAt(registry, '1.0').annotations).toMatchObject({
    'io.github.oci-matrix.run-number': '8',
  });
});

test('without a guard the same legs give the same bytes in any run', async () => {
  await using registry = await startRegistry();
  const given = { guard: 'none' };
  const first = await release(registry, amd64, { runNumber: 1 }, given);
  const second = await release(registry, amd64, { runNumber: 2 }, given);

  expect(second.outputs).toMatchObject({ digest: first.outputs.digest, changed: 'false' });
  expect(indexAt(registry, '1.0').annotations).toBeUndefined();
});
